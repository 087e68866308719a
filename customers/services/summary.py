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
    return (
        _what_failed(customer, since, today)
        or _what_may_fail(customer, today)
        or _what_is_unknown(customer)
        or _what_is_fine(customer)
    )


def _what_failed(
    customer: Customer, since: tuple[datetime, datetime] | None, today: date
) -> Summary | None:
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        return Summary("bad", "The last charge failed.", _failed(customer, since, expiry))
    if customer.subscription_status in _UNPAID:
        status = customer.subscription_status.replace("_", " ")
        return Summary("bad", "A subscription is not paid.", f"Its status is {status}.")
    if expiry == "bad" and customer.expires_on:
        valid = f"It was valid through {day_words(customer.expires_on)}"
        return Summary("bad", "The card has expired.", f"{valid}; the next charge may fail.")
    return None


def _what_may_fail(customer: Customer, today: date) -> Summary | None:
    if expiry_tone(customer, today) == "warn":
        expires = f"It {expiry_words(customer.expires_on, today)}"
        return Summary(
            "warn", "The card expires soon.", f"{expires}; many issuers renew it by themselves."
        )
    if failed := failed_checks(customer):
        return Summary(
            "warn",
            "The bank doubts the card’s details.",
            f"Its check of the {' and the '.join(failed)} failed; charges may be declined.",
        )
    return None


def _what_is_unknown(customer: Customer) -> Summary | None:
    if customer.state in _UNCLEAR:
        return Summary("plain", *_UNCLEAR[Customer.State(customer.state)])
    if customer.state == Customer.State.CARD and customer.expires_on is None:
        return Summary("plain", "A card is on file.", "When it expires is unknown.")
    if customer.delinquent is None:
        return Summary(
            "plain", "A payment method is on file.", "Whether the last charge failed is unknown."
        )
    return None


def _what_is_fine(customer: Customer) -> Summary:
    if customer.livemode is False:
        return Summary("plain", "A test customer.", "No real money is charged in test mode.")
    return Summary("good", "Nothing is wrong.", "A payment method is on file; no charge failed.")


def badges(customer: Customer, today: date) -> list[tuple[str, str]]:
    """The state in a word or two, each with its tone, for a list."""
    found = [("bad", "Delinquent")] if customer.delinquent else []
    if customer.subscription_status in _UNPAID:
        found.append(("bad", customer.subscription_status.replace("_", " ").capitalize()))
    label = str(customer.get_state_display())
    if customer.state in {Customer.State.NONE, Customer.State.DELETED}:
        return [*found, ("warn", label[:1].upper() + label[1:])]
    if customer.state in _UNCLEAR:
        return [*found, ("plain", label[:1].upper() + label[1:])]
    if customer.state == Customer.State.CARD:
        found += _EXPIRY_BADGES[expiry_tone(customer, today)]
    if failed_checks(customer):
        found.append(("warn", "Check failed"))
    if customer.delinquent is None:
        found.append(("plain", "Delinquency unknown"))
    return found or [("good", "Fine")]


def failed_checks(customer: Customer) -> list[str]:
    """What the bank found wrong when the card was added (Stripe, "Card", the three checks)."""
    checks = {
        "CVC": customer.cvc_check,
        "address": customer.address_line1_check,
        "postcode": customer.address_zip_check,
    }
    return [name for name, result in checks.items() if result == "fail"]


_EXPIRY_BADGES = {
    "bad": [("bad", "Expired")],
    "warn": [("warn", "Expires soon")],
    "good": [],
    "plain": [("plain", "Expiry unknown")],
}


# Stripe, "Subscription", status: an invoice is open after its due date, or was given up on.
_UNPAID = {"past_due", "unpaid"}
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
        words.append(f"Delinquent since before {day_words(customer.first_checked_at)}.")
    if expiry == "bad" and customer.expires_on:
        words.append(
            f"The card on file expired on {day_words(customer.expires_on)}, "
            "which is the likely cause."
        )
    elif customer.state == Customer.State.NONE:
        words.append("No payment method is on file, which is the likely cause.")
    return " ".join(words)
