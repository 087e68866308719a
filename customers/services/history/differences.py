"""Compare consecutive answers, and describe changes in sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.models import Change, Customer
from customers.services.facts.table import BY_NAME, FACTS
from customers.services.history.change_kinds import (
    ON_FILE,
    OWN_SENTENCE,
    Differences,
    kinds_of,
    meaningful,
)
from customers.services.wording.fact_words import delinquency_words
from customers.services.wording.formats import balance_words, card_words, stripe_words
from customers.services.wording.isolation import isolated

TRACKED = tuple(fact.name for fact in FACTS if fact.is_tracked)
_tracked = attrgetter(*TRACKED)

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    title: str
    detail: str
    tone: str  # "bad", "good" or "plain"
    after: datetime
    seen_at: datetime
    seen_with: str
    kind: str = ""  # one of models/change.py; "" for an event without a change, such as an expiry
    change_id: int | None = None

    @property
    def sentence(self) -> str:
        return f"{self.title}: {self.detail}" if self.detail else self.title


def differences(before: Customer, now: Customer) -> dict[str, list[Any]]:
    """The tracked columns that differ, as {column: [before, now]}."""
    pairs = zip(TRACKED, _tracked(before), _tracked(now), strict=True)
    return {name: [_plain(was), _plain(is_now)] for name, was, is_now in pairs if was != is_now}


def steps(changes: Sequence[Change], current: Customer) -> Iterator[tuple[Change, Facts, Facts]]:
    """Each change of an organization with the facts before and after it, latest first."""
    return walked(changes, facts_of(current))


class _Differing(Protocol):
    @property
    def differences(self) -> dict[str, list[Any]]: ...


_Change = TypeVar("_Change", bound=_Differing)


def walked(changes: Iterable[_Change], facts: Facts) -> Iterator[tuple[_Change, Facts, Facts]]:
    """The same from `facts`, which are those after all of `changes`."""
    for change in changes:
        # Trust the change, not later facts: a payload may have been parsed again since.
        now = facts | {name: pair[1] for name, pair in change.differences.items()}
        facts = now | {name: pair[0] for name, pair in change.differences.items()}
        yield change, facts, now


def facts_of(customer: Customer) -> Facts:
    return dict(zip(TRACKED, map(_plain, _tracked(customer)), strict=True))


def events_of(changes: Sequence[Change], current: Customer) -> list[Event]:
    return [
        Event(
            *sentence, change.after, change.seen_at, _name(change), kind=kind, change_id=change.pk
        )
        for change, before, now in steps(changes, current)
        for kind, sentence in _sentences(before, now, change.differences)
    ]


def first_facts(changes: Sequence[Change], current: Customer) -> Facts:
    facts = facts_of(current)
    for _change, before, _now in steps(changes, current):
        facts = before
    return facts


def delinquent_since(
    changes: Sequence[Change], current: Customer
) -> tuple[datetime, datetime] | None:
    """The interval in which the customer became delinquent; None if it is not, or always was."""
    if not current.delinquent:
        return None
    for change in changes:
        if "delinquent" in change.differences:
            return change.after, change.seen_at
    return None


def last_method(changes: Sequence[Change], current: Customer) -> tuple[str, Change] | None:
    """The last method on file, and the change that ended it."""
    for change, before, now in steps(changes, current):
        if before["state"] in ON_FILE and now["state"] not in ON_FILE:
            return method_words(before), change
    return None


# The facts that method_words needs.
_OF_METHOD = ("state", "brand", "last4", "method_type")


def method_of(customer: Customer) -> str:
    return method_words({name: getattr(customer, name) for name in _OF_METHOD})


def method_words(facts: Facts) -> str:
    if facts["state"] == Customer.State.CARD:
        return card_words(facts["brand"], facts["last4"])
    if facts["state"] == Customer.State.BANK_ACCOUNT:
        return card_words(_("bank account"), facts["last4"])
    if facts["state"] == Customer.State.OTHER:
        words = str(facts["method_type"]).replace("_", " ") or _("a payment method")
        return isolated(re.sub(r"\b(ach|sepa|us)\b", lambda match: match[0].upper(), words))
    return str(Customer.State(facts["state"]).label)


def _sentences(
    before: Facts, now: Facts, differences: Differences
) -> Iterator[tuple[str, tuple[str, str, str]]]:
    for kind in kinds_of(differences):
        if kind in {"became_delinquent", "was_paid"}:
            yield kind, _delinquency(before["delinquent"], now["delinquent"])
        elif kind == "changed_expiry":
            yield kind, (_("Expiry changed"), _from_to(_expiry_of(before), _expiry_of(now)), "good")
        elif kind == "changed_balance":
            was, is_now = (
                balance_words(facts["balance"], facts["currency"]) for facts in (before, now)
            )
            yield kind, (_("Balance"), _from_to(was, is_now), "plain")
        elif kind == "changed_subscriptions":
            yield kind, (_("Subscriptions"), _from_to(_plans(before), _plans(now)), "plain")
        elif kind == "changed_details":
            yield from ((kind, sentence) for sentence in _details(before, now, differences))
        else:
            yield kind, _method(before, now)


def _details(before: Facts, now: Facts, differences: Differences) -> list[tuple[str, str, str]]:
    names = meaningful(differences)
    sentences = [
        (capfirst(str(fact.label)), _from_to(*map(fact.words, differences[fact.name])), "plain")
        for fact in FACTS
        if fact.name in names & OWN_SENTENCE and all(differences[fact.name])
    ]
    if "delinquent" in names and now["delinquent"] is not True:
        sentence = _delinquency(before["delinquent"], now["delinquent"])
        sentences += [sentence] if sentence[2] == "plain" else []
    return sentences or [(_("Details changed"), ", ".join(_labels(names)), "plain")]


def _from_to(before: str, now: str) -> str:
    return _("%(before)s to %(now)s") % {"before": before, "now": now}


def _labels(names: set[str]) -> list[str]:
    """The labels of `names`, some of which only an earlier release tracked."""
    known = {name: str(BY_NAME[name].label) for name in names & BY_NAME.keys()}
    return [known.get(name, name.replace("_", " ")) for name in sorted(names)]


def _delinquency(before: bool | None, now: bool | None) -> tuple[str, str, str]:
    was = delinquency_words(before)
    if now is True:
        # The title implies "not delinquent"; only "unknown" has to be said.
        detail = _("was %(before)s") % {"before": was} if before is None else ""
        return _("Became delinquent"), detail, "bad"
    if before is True and now is False:
        return _("No longer delinquent"), "", "good"
    return _("Delinquency"), _from_to(was, delinquency_words(now)), "plain"


def _method(before: Facts, now: Facts) -> tuple[str, str, str]:
    was, is_now = method_words(before), method_words(now)
    if now["state"] == Customer.State.DELETED:
        return _("Stripe customer deleted"), _("had %(method)s") % {"method": was}, "bad"
    if Customer.State.INVOICE in (before["state"], now["state"]):
        return _("Billing changed"), _from_to(was, is_now), "plain"
    if before["state"] in ON_FILE and now["state"] == Customer.State.NONE:
        return _("Payment method removed"), was, "bad"
    if before["state"] == Customer.State.NONE and now["state"] in ON_FILE:
        return _("Payment method added"), is_now, "good"
    if was == is_now:
        return _("Payment method replaced"), _("another %(method)s") % {"method": is_now}, "good"
    return _("Payment method changed"), _from_to(was, is_now), "good"


def _expiry_of(facts: Facts) -> str:
    if not facts["exp_month"] or not facts["exp_year"]:
        return _("unknown")
    return f"{facts['exp_month']:02}/{facts['exp_year'] % 100:02}"


def _plans(facts: Facts) -> str:
    count = facts["subscription_count"]
    if count is None:
        return _("unknown")
    status = isolated(stripe_words(str(facts["subscription_status"])))
    return f"{count} ({status})" if status else str(count)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _name(change: Change) -> str:
    return (
        change.seen_with.get_username()
        if change.seen_with
        else pgettext("of whom", "a former user")
    )
