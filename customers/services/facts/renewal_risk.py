"""Find the renewal of a customer that is most likely to meet an expired card."""

from datetime import date
from typing import Any

from customers.services.wording.expiry import day_of
from customers.upstream.stripe.charged_renewals import ChargedRenewal, charged_renewals
from customers.upstream.stripe.stripe_customer import StripeCustomer

_INCOMPLETE = "incomplete"


def renewal_columns(stripe: StripeCustomer) -> dict[str, Any]:
    riskiest = min(charged_renewals(stripe), key=_urgency, default=None)
    return {
        "charged_expires_on": riskiest.expires_on if riskiest else None,
        "charged_renews_on": _day(riskiest) if riskiest else None,
        "first_payment_outstanding": any(one.status == _INCOMPLETE for one in stripe.subscriptions),
    }


def _urgency(renewal: ChargedRenewal) -> tuple[int, date]:
    """Renewals after the card's end first, soonest first; then unknown ones; then the rest."""
    day = _day(renewal)
    if day is None:
        return 1, renewal.expires_on
    return (0, day) if renewal.expires_on < day else (2, renewal.expires_on)


def _day(renewal: ChargedRenewal) -> date | None:
    """The day in TIME_ZONE, by which cards expire too."""
    return day_of(renewal.renews_at) if renewal.renews_at else None
