"""Turn one answer into the row that keeps it."""

from datetime import datetime

from django.conf import settings
from django.utils.crypto import salted_hmac

from customers.models import Customer
from customers.models.folding import fold_to_store
from customers.services.checking.outcome import Outcome
from customers.services.history.differences import differences
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.stripe_customer import StripeCustomer


def interpret(outcome: Outcome, before: Customer) -> Customer:
    """The row of an answered `outcome`; `before` lends when it was first and last changed."""
    if outcome.answer is None:
        raise ValueError("only an answered outcome can be interpreted")
    stripe = outcome.answer.customer
    row = Customer(
        organization_id=before.organization_id,
        is_set_up=outcome.answer.is_set_up,
        **columns_of(stripe),
        asked_at=outcome.asked_at,
        checked_at=outcome.answered_at,
        checked_with_id=outcome.asked_with.user_id,
        attempted_at=outcome.asked_at,
        first_checked_at=before.first_checked_at or outcome.answered_at,
    )
    is_changed = before.asked_at is None or bool(differences(before, row))
    row.changed_at = outcome.answered_at if is_changed else before.changed_at
    row.state_after, row.state_seen_at = _since("state", before, row)
    row.delinquent_after, row.delinquent_seen_at = _since("delinquent", before, row)
    return row


def _since(name: str, before: Customer, row: Customer) -> tuple[datetime | None, datetime | None]:
    """The interval in which `name` took its present value; None when it was so at first sight."""
    if before.asked_at is None:
        return None, None
    if getattr(before, name) != getattr(row, name):
        return before.asked_at, row.checked_at
    return getattr(before, f"{name}_after"), getattr(before, f"{name}_seen_at")


def columns_of(stripe: StripeCustomer) -> dict[str, object]:
    """What the columns of its row hold of a customer as it was sent."""
    return _facts(stripe) | _method_facts(stripe.payment_method or PaymentMethod())


def _facts(stripe: StripeCustomer) -> dict[str, object]:
    return {
        "state": stripe.state.value,
        "customer_id": stripe.id,
        "default_id": stripe.default_id,
        "delinquent": stripe.delinquent,
        "balance": stripe.balance,
        "currency": stripe.currency.lower(),
        "livemode": stripe.livemode,
        "email": stripe.email,
        "folded_email": fold_to_store(stripe.email),
        "description": stripe.description,
        "subscription_count": stripe.subscription_count,
        "subscription_status": stripe.worst_subscription_status,
        "next_renewal": stripe.next_renewal,
    }


def _method_facts(method: PaymentMethod) -> dict[str, object]:
    return {
        "method_type": method.type,
        "brand": method.brand,
        "last4": method.last4,
        "dynamic_last4": method.dynamic_last4,
        "exp_month": method.exp_month,
        "exp_year": method.exp_year,
        "expires_on": method.expires_on,
        "funding": method.funding,
        "country": method.country,
        "cvc_check": method.cvc_check,
        "address_line1_check": method.address_line1_check,
        "address_zip_check": method.address_zip_check,
        "fingerprint_hash": fingerprint_hash(method.fingerprint),
    }


def fingerprint_hash(fingerprint: str) -> str:
    """A keyed hash, so that a stolen table does not link cards to other systems' records."""
    if not fingerprint:
        return ""
    return salted_hmac(
        "customers.fingerprint", fingerprint, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
