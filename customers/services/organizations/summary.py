"""Summarize an organization's billing in one sentence, with the likely cause."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from customers.services.organizations.subscription_troubles import (
    Summary,
    expiry_before_renewal,
    what_own_card_may_fail,
    what_stopped,
)
from customers.services.organizations.subscription_words import (
    FAILED,
    UNPAID,
    WELL,
    tone_of,
)
from customers.services.wording.expiry import validity_tone
from customers.services.wording.formats import day_words, expiry_words, stripe_words
from customers.services.wording.since import since_days
from customers.upstream.stripe.subscription import Subscription


def summary_of(
    customer: Customer,
    since: tuple[datetime, datetime] | None,
    today: date,
    subscriptions: Sequence[Subscription] = (),
    *,
    knows_past: bool = True,
) -> Summary:
    """What to know first. `since` is the interval in which it became delinquent, if known."""
    return (
        _what_failed(customer, _since(customer, since) if knows_past else "", today)
        or _what_may_fail(customer, subscriptions, today)
        or what_own_card_may_fail(subscriptions, today)
        or what_stopped(customer, subscriptions)
        or _what_is_unknown(customer)
        or _what_is_fine(customer, subscriptions)
    )


def _what_failed(customer: Customer, since: str, today: date) -> Summary | None:
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        is_invoiced = customer.state == Customer.State.INVOICE
        title = _("An invoice is overdue.") if is_invoiced else _("The last charge failed.")
        cause = _cause(customer, expiry)
        hint = "" if cause else _("Open the payment in Stripe for the decline reason.")
        detail = " ".join(filter(None, (since, cause)))
        return Summary("bad", title, detail, hint)
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


def _what_may_fail(
    customer: Customer, subscriptions: Sequence[Subscription], today: date
) -> Summary | None:
    tone = expiry_tone(customer, today)
    last_day = customer.expires_on if tone in {"warn", "good"} else None
    if last_day and (renewal := _renewal_after(subscriptions, last_day)):
        words = _("It %(expires)s, and the renewal on %(day)s comes after that.") % {
            "expires": expiry_words(last_day, today),
            "day": day_words(renewal),
        }
        return Summary("warn", _("The card expires before a renewal."), words)
    if last_day and tone == "warn":
        expires = _("It %(expires)s. Many issuers renew cards automatically.")
        words = expires % {"expires": expiry_words(last_day, today)}
        return Summary("warn", _("The card expires soon."), words)
    if failed := failed_checks(customer):
        words = _("The check of %(what)s failed. Charges may be declined.")
        what = _(" and ").join(failed)
        return Summary("warn", _("The bank couldn’t verify the card."), words % {"what": what})
    return None


def _renewal_after(subscriptions: Sequence[Subscription], last_day: date) -> datetime | None:
    """The first renewal that the card on file, valid through `last_day`, is to pay and cannot."""
    charging = (one for one in subscriptions if one.method is None)
    late = (one.renews_at for one in charging if expiry_before_renewal(one, last_day))
    return min(filter(None, late), default=None)


def _what_is_unknown(customer: Customer) -> Summary | None:
    said = _NOTHING | _UNCLEAR
    if customer.state in said:
        title, detail = said[Customer.State(customer.state)]
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
    live = [one for one in subscriptions if one.is_live]
    trial = min(filter(None, (one.trial_ends_at for one in live)), default=None)
    end = min(filter(None, (one.ends_at for one in live)), default=None)
    ends = ((trial, _("A trial ends on %(day)s.")), (end, _("A subscription ends on %(day)s.")))
    return [words % {"day": day_words(day)} for day, words in ends if day]


def badges(customer: Customer, today: date) -> list[tuple[str, str]]:
    found = [("bad", _("Delinquent"))] if customer.delinquent else []
    status = customer.subscription_status
    if status not in WELL:
        found.append((tone_of(status), capfirst(stripe_words(status))))
    label = str(customer.get_state_display())
    if customer.state in _NOTHING:
        return [*found, ("plain", capfirst(label))]
    if customer.state == Customer.State.INVOICE:
        return [*found, ("good", capfirst(label))]
    if customer.state in _UNCLEAR:
        return [*found, ("plain", capfirst(label))]
    if customer.state == Customer.State.CARD:
        tone = expiry_tone(customer, today)
        is_late = tone == "good" and ends_before_renewal(customer)
        found += [("warn", _("Expires before renewal"))] if is_late else _expiry_badges(tone)
    if failed_checks(customer):
        found.append(("warn", _("Card checks failed")))
    if customer.delinquent is None:
        found.append(("plain", _("Delinquency unknown")))
    return found or [("good", _("OK"))]


def ends_before_renewal(customer: Customer) -> bool:
    """Whether a card ends before the renewal that it is to pay, however far away that is."""
    last_day, renewal = customer.charged_expires_on, customer.charged_renews_on
    return bool(last_day and renewal and last_day < renewal)


def failed_checks(customer: Customer) -> list[str]:
    """What the bank could not verify when the card was added (Stripe, "Card", the three checks)."""
    checks = {
        _("the CVC"): customer.cvc_check,
        _("the address"): customer.address_line1_check,
        _("the postcode"): customer.address_zip_check,
    }
    return [name for name, result in checks.items() if result == "fail"]


def _expiry_badges(tone: str) -> list[tuple[str, str]]:
    words = {"bad": _("Expired"), "warn": _("Expires soon"), "plain": _("Expiry unknown")}
    return [(tone, words[tone])] if tone in words else []


_NOTHING = {
    Customer.State.NONE: (
        gettext_lazy("No payment method on file."),
        gettext_lazy("Nothing can be charged until one is added."),
    ),
    Customer.State.DELETED: (
        gettext_lazy("This Stripe customer was deleted."),
        gettext_lazy("Nothing is charged."),
    ),
}
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
    return validity_tone(customer.expires_on, today)


def _since(customer: Customer, since: tuple[datetime, datetime] | None) -> str:
    if since:
        return _("Delinquent since %(when)s.") % {"when": since_days(*since)}
    if customer.first_checked_at is None:
        return ""
    first = day_words(customer.first_checked_at)
    return _("Delinquent since before %(day)s.") % {"day": first}


def _cause(customer: Customer, expiry: str) -> str:
    if customer.state == Customer.State.INVOICE:
        return _("The invoice is past its due date.")
    if expiry == "bad" and customer.expires_on:
        expired = _("The card on file expired on %(day)s. That is the likely cause.")
        return expired % {"day": day_words(customer.expires_on)}
    if customer.state == Customer.State.NONE:
        return _("No payment method is on file. That is the likely cause.")
    if failed := failed_checks(customer):
        doubted = _("The bank’s check of %(what)s failed. That may be the cause.")
        return doubted % {"what": _(" and ").join(failed)}
    return ""
