"""Tell two consecutive answers apart, and say changes as sentences."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from customers.models import Change, Customer
from customers.services.words import balance_words, card_words, stripe_words

# The columns whose differences are a change. The keyed hash is left out: a new key changes it.
TRACKED = (
    "state",
    "customer_id",
    "default_id",
    "method_type",
    "brand",
    "last4",
    "exp_month",
    "exp_year",
    "funding",
    "country",
    "delinquent",
    "balance",
    "currency",
    "livemode",
    "email",
    "description",
    "subscription_count",
    "subscription_status",
)

_METHOD = {"state", "default_id", "brand", "last4"}
_ON_FILE = {
    Customer.State.CARD,
    Customer.State.BANK_ACCOUNT,
    Customer.State.OTHER,
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that changed, in words: `title` what, `detail` from what to what."""

    title: str
    detail: str
    tone: str  # "bad", "good" or "plain"
    after: datetime
    seen_at: datetime
    seen_with: str


def differences(before: Customer, now: Customer) -> dict[str, list[Any]]:
    """What differs between two answers, as {column: [before, now]}."""
    return {
        name: [_plain(getattr(before, name)), _plain(getattr(now, name))]
        for name in TRACKED
        if getattr(before, name) != getattr(now, name)
    }


def events_of(changes: list[Change], current: Customer) -> list[Event]:
    """The changes of one organization as events, newest first, as `changes` is."""
    facts = {name: _plain(getattr(current, name)) for name in TRACKED}
    events = []
    for change in changes:
        before = facts | {name: pair[0] for name, pair in change.differences.items()}
        events += [
            Event(title, detail, tone, change.after, change.seen_at, _name(change))
            for title, detail, tone in _sentences(before, facts, set(change.differences))
        ]
        facts = before
    return events


def first_facts(changes: list[Change], current: Customer) -> dict[str, Any]:
    """The tracked facts as they were when the organization was first seen."""
    facts = {name: _plain(getattr(current, name)) for name in TRACKED}
    for change in changes:
        facts |= {name: pair[0] for name, pair in change.differences.items()}
    return facts


def delinquent_since(changes: list[Change], current: Customer) -> tuple[datetime, datetime] | None:
    """The interval in which the customer became delinquent; None if it is not, or always was."""
    if not current.delinquent:
        return None
    for change in changes:
        if "delinquent" in change.differences:
            return change.after, change.seen_at
    return None


def last_method(changes: list[Change], current: Customer) -> tuple[str, Change] | None:
    """What was on file before there was nothing, and the change that ended it."""
    facts = {name: _plain(getattr(current, name)) for name in TRACKED}
    for change in changes:
        before = facts | {name: pair[0] for name, pair in change.differences.items()}
        if before["state"] in _ON_FILE and facts["state"] not in _ON_FILE:
            return method_words(before), change
        facts = before
    return None


def method_words(facts: dict[str, Any]) -> str:
    """The payment method of a set of tracked facts, in a few words."""
    if facts["state"] == Customer.State.CARD:
        return card_words(facts["brand"], facts["last4"])
    if facts["state"] == Customer.State.BANK_ACCOUNT:
        return card_words(_("bank account"), facts["last4"])
    if facts["state"] == Customer.State.OTHER:
        words = str(facts["method_type"]).replace("_", " ") or _("a payment method")
        return re.sub(r"\b(ach|sepa|us)\b", lambda match: match[0].upper(), words)
    return str(Customer.State(facts["state"]).label)


def _sentences(
    before: dict[str, Any], now: dict[str, Any], names: set[str]
) -> list[tuple[str, str, str]]:
    if not (before["customer_id"] and now["customer_id"]) and "customer_id" in names:
        # One of the two was a 400, which says nothing but that there is no payment method.
        names = names & (_METHOD | ({"delinquent"} if now["delinquent"] else set()))
    sentences = []
    if "delinquent" in names:
        sentences.append(_delinquency(before["delinquent"], now["delinquent"]))
    if names & _METHOD:
        sentences.append(_method(before, now))
    elif names & {"exp_month", "exp_year"}:
        sentences.append((_("Expiry changed"), _turn(_expiry(before), _expiry(now)), "good"))
    if names & {"balance", "currency"}:
        was, is_now = (
            balance_words(facts["balance"], facts["currency"]) for facts in (before, now)
        )
        sentences.append((_("Balance"), _turn(was, is_now), "plain"))
    if names & {"subscription_count", "subscription_status"}:
        sentences.append((_("Subscriptions"), _turn(_plans(before), _plans(now)), "plain"))
    sentences += [
        (title, _turn(before[name], now[name]), "plain")
        for name, title in (("email", _("E-mail")), ("customer_id", _("Stripe customer")))
        if name in names and before[name] and now[name]
    ]
    return sentences or [(_("Details changed"), ", ".join(_columns(names)), "plain")]


def _turn(before: str, now: str) -> str:
    return _("%(before)s to %(now)s") % {"before": before, "now": now}


def _columns(names: set[str]) -> list[str]:
    return [str(_COLUMNS.get(name, name.replace("_", " "))) for name in sorted(names)]


_COLUMNS = {
    "country": pgettext_lazy("changed detail", "country"),
    "customer_id": pgettext_lazy("changed detail", "customer id"),
    "description": pgettext_lazy("changed detail", "description"),
    "email": pgettext_lazy("changed detail", "email"),
    "funding": pgettext_lazy("changed detail", "funding"),
    "livemode": pgettext_lazy("changed detail", "livemode"),
    "method_type": pgettext_lazy("changed detail", "method type"),
}


def _delinquency(before: bool | None, now: bool | None) -> tuple[str, str, str]:
    words = {True: _("delinquent"), False: _("not delinquent"), None: _("unknown")}
    if now is True:
        return _("Became delinquent"), _("was %(before)s") % {"before": words[before]}, "bad"
    if before is True and now is False:
        return _("No longer delinquent"), "", "good"
    return _("Delinquency"), _turn(words[before], words[now]), "plain"


def _method(before: dict[str, Any], now: dict[str, Any]) -> tuple[str, str, str]:
    was, is_now = method_words(before), method_words(now)
    if now["state"] == Customer.State.DELETED:
        return _("Stripe customer deleted"), _("had %(method)s") % {"method": was}, "bad"
    if before["state"] in _ON_FILE and now["state"] == Customer.State.NONE:
        detail = _("%(method)s until then, none since") % {"method": was}
        return _("Payment method removed"), detail, "bad"
    if before["state"] == Customer.State.NONE and now["state"] in _ON_FILE:
        return _("Payment method added"), is_now, "good"
    if was == is_now:
        return _("Payment method replaced"), _("another %(method)s") % {"method": is_now}, "good"
    return _("Payment method changed"), _turn(was, is_now), "good"


def _expiry(facts: dict[str, Any]) -> str:
    if not facts["exp_month"] or not facts["exp_year"]:
        return _("unknown")
    return f"{facts['exp_month']:02}/{facts['exp_year'] % 100:02}"


def _plans(facts: dict[str, Any]) -> str:
    count = facts["subscription_count"]
    if count is None:
        return _("unknown")
    status = stripe_words(str(facts["subscription_status"]))
    return f"{count} ({status})" if status else str(count)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _name(change: Change) -> str:
    return (
        change.seen_with.get_username()
        if change.seen_with
        else pgettext("of whom", "a former user")
    )
