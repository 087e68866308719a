"""Whether an organization's page would show anything that it does not show already."""

import secrets

from django.utils.crypto import salted_hmac

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.upstream.stripe.stripe_customer import StripeCustomer

# Columns that say nothing about the billing itself, or that belong to the sync.
_NOT_BILLING = {
    "asked_at",
    "checked_at",
    "checked_with_id",
    "first_checked_at",
    "changed_at",
    "attempted_at",
    "last_error_code",
    "last_error_params",
    "failing_since",
    "state_after",
    "state_seen_at",
    "delinquent_after",
    "delinquent_seen_at",
    "claimed_by",
    "lease_until",
    "asked_all_at",
}


def fingerprint_of(session: str, customer: Customer, details: StripeCustomer | None) -> str:
    """A keyed digest of the billing facts on the page, and of whether it shows the past, which a
    check sends back. Bound to the session: another one has not recorded the disclosure yet."""
    facts: list[tuple[str, object]] = [
        (field.attname, getattr(customer, field.attname))
        for field in Customer._meta.concrete_fields
        if field.attname not in _NOT_BILLING
    ]
    facts.append(("knows_past", sight_of(customer).knows_past))
    return salted_hmac(
        "customers.shown", repr((session, facts, details)), algorithm="sha256"
    ).hexdigest()


def is_fingerprint_of(
    digest: str, session: str, customer: Customer, details: StripeCustomer | None
) -> bool:
    return secrets.compare_digest(
        digest.encode(), fingerprint_of(session, customer, details).encode()
    )
