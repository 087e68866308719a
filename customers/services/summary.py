"""Say the state of an organization's billing in one sentence, with its likely cause."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from customers.models import Customer
from customers.services.words import day_words, expiry_words, interval_words


@dataclass(frozen=True, slots=True)
class Summary:
    tone: str  # "bad", "warn", "good" or "plain"
    title: str
    detail: str


def summary_of(customer: Customer, since: tuple[datetime, datetime] | None, today: date) -> Summary:
    """What to know first. `since` is the interval in which it became delinquent, if known."""
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        return Summary("bad", "The last charge failed.", _failed(customer, since, expiry))
    if expiry == "bad":
        assert customer.expires_on is not None
        return Summary(
            "bad",
            "The card has expired.",
            f"It was valid through {day_words(customer.expires_on)}; the next charge may fail.",
        )
    if expiry == "warn":
        return Summary(
            "warn",
            "The card expires soon.",
            f"It {expiry_words(customer.expires_on, today)}; many issuers renew it by themselves.",
        )
    if customer.state in _UNCLEAR:
        return Summary("plain", *_UNCLEAR[Customer.State(customer.state)])
    if customer.delinquent is None:
        return Summary(
            "plain", "A payment method is on file.", "Whether the last charge failed is unknown."
        )
    return Summary("good", "Nothing is wrong.", "A payment method is on file; no charge failed.")


_UNCLEAR = {
    Customer.State.DETAILS_NOT_SENT: (
        "On file, details not sent.",
        "A default payment method is named, but Catalyze did not send its details.",
    ),
    Customer.State.UNLISTED: (
        "Methods are on file, but none is the default.",
        "It is not known which would be charged.",
    ),
    Customer.State.UNKNOWN: (
        "It is not known whether a payment method is on file.",
        "The answer holds neither a default nor a list, so it cannot tell.",
    ),
}


def expiry_tone(customer: Customer, today: date) -> str:
    """`bad` once expired, `warn` within EXPIRY_WARNING_DAYS, `good` later, `plain` if unknown."""
    if customer.expires_on is None:
        return "plain"
    if customer.expires_on < today:
        return "bad"
    warned_from = customer.expires_on - timedelta(days=settings.EXPIRY_WARNING_DAYS)
    return "warn" if today >= warned_from else "good"


def _failed(customer: Customer, since: tuple[datetime, datetime] | None, expiry: str) -> str:
    words = []
    if since:
        words.append(f"Delinquent since {interval_words(*since)}.")
    elif customer.first_checked_at:
        words.append(f"Delinquent since before {day_words(customer.first_checked_at.date())}.")
    if expiry == "bad" and customer.expires_on:
        words.append(
            f"The card on file expired on {day_words(customer.expires_on)}, "
            "which is the likely cause."
        )
    elif customer.state == Customer.State.NONE:
        words.append("No payment method is on file, which is the likely cause.")
    return " ".join(words)
