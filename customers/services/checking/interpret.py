from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.crypto import salted_hmac

from customers.models import Customer
from customers.models.folding import fold_to_store
from customers.services.checking.outcome import Answered
from customers.services.facts.renewal_risk import renewal_columns
from customers.services.facts.table import FACTS
from customers.services.history.differences import differences
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.stripe_customer import StripeCustomer

# What reopens a case: each column with the facts whose last change it dates.
_SEEN_AT = {
    "expiry_seen_at": ("expires_on",),
    "charge_seen_at": ("charged_expires_on", "charged_renews_on"),
    "first_payment_seen_at": ("first_payment_outstanding",),
}


def interpret(outcome: Answered, before: Customer) -> Customer:
    """The row for an answered `outcome`; `before` supplies the times of earlier changes."""
    if outcome.answer is None:
        raise ValueError("only an answered outcome can be interpreted")
    stripe = outcome.answer.customer
    row = Customer(
        organization_id=before.organization_id,
        is_set_up=outcome.answer.is_set_up,
        **columns_of(stripe),
        asked_at=outcome.asked_at,
        checked_at=outcome.answered_at,
        checked_with_id=outcome.user_id,
        attempted_at=outcome.asked_at,
        first_checked_at=before.first_checked_at or outcome.answered_at,
    )
    is_changed = before.asked_at is None or bool(differences(before, row))
    seen_at = outcome.seen_at
    row.changed_at = seen_at if is_changed else before.changed_at
    row.state_after, row.state_seen_at = _since("state", before, row, seen_at)
    row.delinquent_after, row.delinquent_seen_at = _since("delinquent", before, row, seen_at)
    for column, names in _SEEN_AT.items():
        setattr(row, column, _last_seen_to_change(column, names, before, row, seen_at))
    return row


def _last_seen_to_change(
    column: str, names: tuple[str, ...], before: Customer, row: Customer, seen_at: datetime
) -> datetime | None:
    """When an answer last changed any of `names`; None since the first answer."""
    is_changed = any(getattr(before, name) != getattr(row, name) for name in names)
    if before.asked_at is not None and is_changed:
        return seen_at
    return cast("datetime | None", getattr(before, column))


def _since(
    name: str, before: Customer, row: Customer, seen_at: datetime
) -> tuple[datetime | None, datetime | None]:
    """The interval in which `name` got its value; None if it had it in the first answer."""
    if before.asked_at is None:
        return None, None
    if getattr(before, name) != getattr(row, name):
        return before.asked_at, seen_at
    return getattr(before, f"{name}_after"), getattr(before, f"{name}_seen_at")


def columns_of(stripe: StripeCustomer) -> dict[str, object]:
    method = stripe.payment_method or PaymentMethod()
    return {fact.name: fact.read(stripe) for fact in FACTS} | {
        "folded_email": fold_to_store(stripe.email),
        "fingerprint_hash": fingerprint_hash(method.fingerprint),
        **renewal_columns(stripe),
    }


def fingerprint_hash(fingerprint: str) -> str:
    """A keyed hash, so that a stolen table does not link cards to other systems' records."""
    if not fingerprint:
        return ""
    return salted_hmac(
        "customers.fingerprint", fingerprint, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
