"""Tell whether an organization's page would show anything else than what it shows already."""

import secrets

from django.utils.crypto import salted_hmac

from customers.models import Customer
from customers.upstream.stripe.stripe_customer import StripeCustomer

# What an answer brings that says nothing of how the billing is, and what belongs to the sync.
_PASSING = {
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
}


def fingerprint_of(session: str, customer: Customer, details: StripeCustomer | None) -> str:
    """A keyed digest of all billing facts that the page shows, to be sent back by a check.

    It is of use in no other session, so that whoever is shown something is recorded in each.
    """
    facts = [
        (field.attname, getattr(customer, field.attname))
        for field in Customer._meta.concrete_fields
        if field.attname not in _PASSING
    ]
    return salted_hmac(
        "customers.shown", repr((session, facts, details)), algorithm="sha256"
    ).hexdigest()


def is_fingerprint_of(
    digest: str, session: str, customer: Customer, details: StripeCustomer | None
) -> bool:
    """Whether `digest` came with a page that showed these very facts in this session."""
    return secrets.compare_digest(
        digest.encode(), fingerprint_of(session, customer, details).encode()
    )
