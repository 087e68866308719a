"""The query string of a list: changed, and said as chips that each take a part of it away."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from customers.models import Customer
from customers.services.facts.table import BY_NAME
from customers.services.lists.listing import Listed
from customers.services.lists.worklists import BY_KEY
from customers.services.wording.isolation import isolated

# The values of the filter `case`.
CASES: dict[str, Promise] = {
    "open": gettext_lazy("Open cases"),
    "mine": gettext_lazy("My open cases"),
    "nobody": gettext_lazy("Open, without an owner"),
    "waiting": gettext_lazy("Without an owner or past their snooze"),
    "snoozed": gettext_lazy("Snoozed"),
    "handled": gettext_lazy("Handled"),
}
# Where in a list one is; it is left behind when the list becomes another.
_PLACE = ("after", "before", "start")


@dataclass(frozen=True, slots=True)
class Chip:
    words: str
    url: str  # the list without it


def changed(query: QueryDict, **changes: str) -> str:
    """The query with some parts changed, those that are empty left out, back on the first page."""
    kept = query.copy()
    for name in _PLACE:
        kept.pop(name, None)
    for name, value in changes.items():
        kept[name] = value
    for name in list(kept):
        if not any(kept.getlist(name)):
            del kept[name]
    return f"?{kept.urlencode()}"


def turned(query: QueryDict, **place: str | int) -> str:
    same = changed(query)
    at = QueryDict(mutable=True)
    at.update({name: str(value) for name, value in place.items() if value})
    return f"{same}{'&' if len(same) > 1 else ''}{at.urlencode()}"


def hidden_fields(query: QueryDict, shown: set[str]) -> list[tuple[str, str]]:
    """What a form that shows some of the query's parts has to carry on of the rest."""
    left_out = {*shown, *_PLACE}
    return [
        (name, value)
        for name, values in query.lists()
        if name not in left_out
        for value in values
        if value
    ]


def chips(query: QueryDict, listed: Listed, card_owner: Customer | None) -> list[Chip]:
    return [
        Chip(words, changed(query, **{name: ""}))
        for name, words in _narrowed_to(listed, card_owner)
    ]


def list_words(listed: Listed) -> list[str]:
    return [words for _name, words in _narrowed_to(listed, None)]


def _narrowed_to(listed: Listed, card_owner: Customer | None) -> Iterator[tuple[str, str]]:
    said: list[tuple[str, str, str]] = []
    if listed.worklist:
        said.append(("worklist", _("Worklist"), str(BY_KEY[listed.worklist].label)))
    if listed.text:
        said.append(("q", _("Search"), f"“{isolated(_shortened(listed.text))}”"))
    if listed.card_of:
        owner = str(card_owner.organization) if card_owner else listed.card_of
        said.append(("card_of", _("Card of"), isolated(owner)))
    for name, value in listed.filters.items():
        fact = BY_NAME[name]
        said.append((name, capfirst(str(fact.label)), fact.words(value)))
    if listed.mode:
        said.append(("mode", _("Mode"), _("Live") if listed.mode == "live" else _("Test")))
    if listed.case:
        said.append(("case", _("Case"), str(CASES[listed.case])))
    if listed.expires:
        said.append(("expires", _("Expiry month"), f"{listed.expires:%m/%Y}"))
    for name, what, value in said:
        yield name, _("%(what)s: %(value)s") % {"what": what, "value": value}


def _shortened(text: str) -> str:
    longest = 60
    return text if len(text) <= longest else f"{text[:longest]}…"
