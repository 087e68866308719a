"""Say the state of an organization's billing in one sentence, with its likely cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from customers.services.organizations.subscription_words import (
    FAILED,
    STOPPED,
    UNPAID,
    WELL,
    collection_words,
    tone_of,
)
from customers.services.wording.expiry import warned_until
from customers.services.wording.formats import card_words, day_words, expiry_words, stripe_words
from customers.services.wording.since import since_days
from customers.upstream.stripe.subscription import PAUSED, Subscription


@dataclass(frozen=True, slots=True)
class Summary:
    tone: str  # "bad", "warn", "good" or "plain"
    title: str
    detail: str


def summary_of(
    customer: Customer,
    since: tuple[datetime, datetime] | None,
    today: date,
    subscriptions: Sequence[Subscription] = (),
) -> Summary:
    """What to know first. `since` is the interval in which it became delinquent, if known."""
    return (
        _what_failed(customer, since, today)
        or _what_may_fail(customer, today)
        or _what_own_card_may_fail(subscriptions, today)
        or _what_stopped(customer, subscriptions)
        or _what_is_unknown(customer)
        or _what_is_fine(customer, subscriptions)
    )


def _what_failed(
    customer: Customer, since: tuple[datetime, datetime] | None, today: date
) -> Summary | None:
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        is_invoiced = customer.state == Customer.State.INVOICE
        title = _("An invoice is overdue.") if is_invoiced else _("The last charge failed.")
        return Summary("bad", title, _failed(customer, since, expiry))
    if customer.subscription_status in UNPAID:
        status = _("Its status is %(status)s.")
        words = status % {"status": stripe_words(customer.subscription_status)}
        return Summary("bad", _("A subscription is not paid."), words)
    if customer.subscription_status in FAILED:
        words = _("A new subscription is waiting: the payment failed or has to be confirmed.")
        return Summary("bad", _("A first payment is missing."), words)
    if expiry == "bad" and customer.expires_on:
        valid = _("It was valid through %(day)s. The next charge may fail.")
        words = valid % {"day": day_words(customer.expires_on)}
        return Summary("bad", _("The card has expired."), words)
    return None


def _what_may_fail(customer: Customer, today: date) -> Summary | None:
    if expiry_tone(customer, today) == "warn":
        expires = _("It %(expires)s. Many issuers renew cards automatically.")
        words = expires % {"expires": expiry_words(customer.expires_on, today)}
        return Summary("warn", _("The card expires soon."), words)
    if failed := failed_checks(customer):
        words = _("The check of %(what)s failed. Charges may be declined.")
        what = _(" and ").join(failed)
        return Summary("warn", _("The bank couldn’t verify the card."), words % {"what": what})
    return None


def _what_own_card_may_fail(subscriptions: Sequence[Subscription], today: date) -> Summary | None:
    """Of the cards that subscriptions charge beside the default, the first to expire."""
    charging = [one.method for one in subscriptions if one.renews_at and not one.is_invoiced]
    cards = [method.details for method in charging if method and method.details]
    valid = [(one.expires_on, card_words(one.brand, one.last4)) for one in cards if one.expires_on]
    if not valid:
        return None
    last_day, card = min(valid)
    if last_day > warned_until(today):
        return None
    words = {"card": card, "day": day_words(last_day)}
    if last_day < today:
        detail = _("%(card)s was valid through %(day)s. The next charge may fail.") % words
        return Summary("bad", _("The card of a subscription has expired."), detail)
    words["expires"] = expiry_words(last_day, today)
    detail = _("%(card)s %(expires)s. Many issuers renew cards automatically.") % words
    return Summary("warn", _("The card of a subscription expires soon."), detail)


def _what_stopped(customer: Customer, subscriptions: Sequence[Subscription]) -> Summary | None:
    status = customer.subscription_status
    if status == PAUSED:
        return Summary("warn", _("A subscription is paused."), _paused(subscriptions))
    if status in STOPPED:
        words = _("Its first payment was not made in time. A new subscription is needed.")
        return Summary("warn", _("A subscription never started."), words)
    if status not in WELL:
        title = _("A subscription is %(status)s.") % {"status": stripe_words(status)}
        return Summary(
            "plain", title, _("The portal doesn’t know this status. Look it up in Stripe.")
        )
    return None


def _paused(subscriptions: Sequence[Subscription]) -> str:
    """Of the first that is paused: a pause of its collection, or the end of its trial."""
    paused = [one for one in subscriptions if one.standing == PAUSED]
    if not paused:
        return _("No payments are collected for it.")
    pause = paused[0].pause
    return collection_words(pause) if pause else _("Its trial ended without a payment method.")


def _what_is_unknown(customer: Customer) -> Summary | None:
    if customer.state in _UNCLEAR:
        title, detail = _UNCLEAR[Customer.State(customer.state)]
        return Summary("plain", str(title), str(detail))
    if customer.state == Customer.State.CARD and customer.expires_on is None:
        return Summary("plain", _("A card is on file."), _("Its expiry date is unknown."))
    if customer.delinquent is None and customer.state == Customer.State.INVOICE:
        words = _("It is unknown whether an invoice is overdue.")
        return Summary("plain", _("Billed by invoice."), words)
    if customer.delinquent is None:
        return Summary(
            "plain",
            _("A payment method is on file."),
            _("It is unknown whether the last charge failed."),
        )
    return None


def _what_is_fine(customer: Customer, subscriptions: Sequence[Subscription]) -> Summary:
    if customer.livemode is False:
        return Summary("plain", _("A test customer."), _("No real money is charged in test mode."))
    title = _("No billing problems.")
    words = _("A payment method is on file, and the last charge did not fail.")
    if customer.state == Customer.State.INVOICE:
        title = _("Billed by invoice.")
        words = _("Invoices are sent for payment, so no payment method is needed.")
    return Summary("good", title, " ".join((words, *_ahead(subscriptions))))


def _ahead(subscriptions: Sequence[Subscription]) -> list[str]:
    """The first end of a trial and the first of a subscription, if there are any."""
    live = [one for one in subscriptions if one.is_live]
    trial = min(filter(None, (one.trial_ends_at for one in live)), default=None)
    end = min(filter(None, (one.ends_at for one in live)), default=None)
    told = ((trial, _("A trial ends on %(day)s.")), (end, _("A subscription ends on %(day)s.")))
    return [words % {"day": day_words(day)} for day, words in told if day]


def badges(customer: Customer, today: date) -> list[tuple[str, str]]:
    """The state in a word or two, each with its tone, for a list."""
    found = [("bad", _("Delinquent"))] if customer.delinquent else []
    status = customer.subscription_status
    if status not in WELL:
        found.append((tone_of(status), capfirst(stripe_words(status))))
    label = str(customer.get_state_display())
    if customer.state in {Customer.State.NONE, Customer.State.DELETED}:
        return [*found, ("warn", capfirst(label))]
    if customer.state == Customer.State.INVOICE:
        return [*found, ("good", capfirst(label))]
    if customer.state in _UNCLEAR:
        return [*found, ("plain", capfirst(label))]
    if customer.state == Customer.State.CARD:
        found += _expiry_badges(expiry_tone(customer, today))
    if failed_checks(customer):
        found.append(("warn", _("Card checks failed")))
    if customer.delinquent is None:
        found.append(("plain", _("Delinquency unknown")))
    return found or [("good", _("OK"))]


def failed_checks(customer: Customer) -> list[str]:
    """What the bank found wrong when the card was added (Stripe, "Card", the three checks)."""
    checks = {
        _("the CVC"): customer.cvc_check,
        _("the address"): customer.address_line1_check,
        _("the postcode"): customer.address_zip_check,
    }
    return [name for name, result in checks.items() if result == "fail"]


def _expiry_badges(tone: str) -> list[tuple[str, str]]:
    words = {"bad": _("Expired"), "warn": _("Expires soon"), "plain": _("Expiry unknown")}
    return [(tone, words[tone])] if tone in words else []


_UNCLEAR = {
    Customer.State.DETAILS_NOT_SENT: (
        gettext_lazy("On file, details unavailable."),
        gettext_lazy("Catalyze names a payment method but did not send its details."),
    ),
    Customer.State.UNLISTED: (
        gettext_lazy("Payment methods are on file, but none is the default."),
        gettext_lazy("It is unknown which one would be charged."),
    ),
    Customer.State.UNKNOWN: (
        gettext_lazy("Can’t tell whether a payment method is on file."),
        gettext_lazy("Catalyze sent neither a default nor a list of payment methods."),
    ),
}


def expiry_tone(customer: Customer, today: date) -> str:
    """`bad` once expired, `warn` within EXPIRY_WARNING_DAYS, `good` later, `plain` if unknown."""
    if customer.expires_on is None:
        return "plain"
    if customer.expires_on < today:
        return "bad"
    return "warn" if customer.expires_on <= warned_until(today) else "good"


def _failed(customer: Customer, since: tuple[datetime, datetime] | None, expiry: str) -> str:
    words = []
    if since:
        words.append(_("Delinquent since %(when)s.") % {"when": since_days(*since)})
    elif customer.first_checked_at:
        first = day_words(customer.first_checked_at)
        words.append(_("Delinquent since before %(day)s.") % {"day": first})
    if customer.state == Customer.State.INVOICE:
        words.append(_("The invoice is past its due date."))
    elif expiry == "bad" and customer.expires_on:
        expired = _("The card on file expired on %(day)s. That is the likely cause.")
        words.append(expired % {"day": day_words(customer.expires_on)})
    elif customer.state == Customer.State.NONE:
        words.append(_("No payment method is on file. That is the likely cause."))
    elif failed := failed_checks(customer):
        doubted = _("The bank’s check of %(what)s failed. That may be the cause.")
        words.append(doubted % {"what": _(" and ").join(failed)})
    else:
        words.append(_("Open the payment in Stripe for the decline reason."))
    return " ".join(words)
