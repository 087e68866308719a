"""Which drawings of static/icons stand for a brand of card, and for a customer's first badge."""

from datetime import date

from customers.models import Customer
from customers.services.organizations.subscription_words import WELL, tone_of
from customers.services.organizations.summary import (
    ends_before_renewal,
    expiry_tone,
    failed_checks,
)

_MARKS = {
    "Visa": "visa",
    "Mastercard": "mastercard",
    "American Express": "amex",
    "Discover": "discover",
    "Diners Club": "diners",
    "JCB": "jcb",
    "UnionPay": "unionpay",
}


def mark_of(brand: str) -> str:
    """The name of the drawing in cards.svg; `other` for a brand without one."""
    return _MARKS.get(brand, "other")


SIGNS_OF_STATES = {
    Customer.State.NONE: "none",
    Customer.State.DELETED: "deleted",
    Customer.State.INVOICE: "invoice",
    Customer.State.DETAILS_NOT_SENT: "hidden",
    Customer.State.UNLISTED: "unknown",
    Customer.State.UNKNOWN: "unknown",
}
SIGNS_OF_TONES = {"bad": "delinquent", "warn": "warning", "good": "ok"}
_SIGNS_OF_EXPIRY = {"bad": "expired", "warn": "soon", "plain": "unknown"}


def state_sign(customer: Customer, day: date) -> str:
    if customer.delinquent:
        return "delinquent"
    status = customer.subscription_status
    if status not in WELL:
        return SIGNS_OF_TONES.get(tone_of(status), "unknown")
    state = Customer.State(customer.state)
    if state in SIGNS_OF_STATES:
        return SIGNS_OF_STATES[state]
    tone = expiry_tone(customer, day)
    if state == Customer.State.CARD and tone in _SIGNS_OF_EXPIRY:
        return _SIGNS_OF_EXPIRY[tone]
    is_late = state == Customer.State.CARD and ends_before_renewal(customer)
    if is_late or failed_checks(customer):
        return "warning"
    return "unknown" if customer.delinquent is None else "ok"
