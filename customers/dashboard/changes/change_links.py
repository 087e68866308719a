"""The links beside and above the changes: kinds, whose they are, and since when."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.dashboard.changes.change_query import ChangesAsked
from customers.dashboard.lists.list_query import changed
from customers.dashboard.lists.rail import RailGroup, RailLink
from customers.database.capped_counts import NARROWED_COUNT_CAP
from customers.services.changes.change_counts import ALL, ChangeCounts, LinkCounts
from customers.services.changes.change_filter import KIND_LABELS, MINE, UNREAD, WATCHED, WHOSE
from customers.services.changes.periods import PERIODS, VISIT
from customers.services.watching.unread import UNREAD_CAP
from customers.services.wording.formats import capped_words

# The sign of each kind in static/icons/signs.svg.
SIGNS_OF_KINDS = {
    "became_delinquent": "delinquent",
    "was_paid": "ok",
    "lost_method": "none",
    "gained_method": "card-plus",
    "changed_method": "card",
    "changed_expiry": "soon",
    "changed_balance": "money",
    "changed_subscriptions": "box",
    "deleted_customer": "deleted",
    "changed_details": "pencil",
}
_SIGNS_OF_WHOSE = {MINE: "user", WATCHED: "star", UNREAD: "bell"}


@dataclass(frozen=True, slots=True)
class PeriodLink:
    label: str
    url: str
    is_current: bool


def change_rail(
    query: QueryDict, asked: ChangesAsked, shown: ChangeCounts, linked: LinkCounts, unread: int
) -> list[RailGroup]:
    """What is on the page has its count, whatever was counted a minute ago."""
    counts = {
        **{key: capped_words(count, NARROWED_COUNT_CAP) for key, count in linked.counts.items()},
        UNREAD: capped_words(unread, UNREAD_CAP),
    }
    here = capped_words(shown.all, shown.cap)

    def link(key: str, label: object, sign: str, is_current: bool, **narrowed: str) -> RailLink:
        count = here if is_current else counts[key]
        return RailLink(str(label), sign, changed(query, **narrowed), count, is_current)

    wanted = asked.wanted
    every = link(ALL, _("All kinds"), "nav-changes", not wanted.kinds, kind="")
    kinds = [
        link(key, label, SIGNS_OF_KINDS[key], wanted.kinds == (key,), kind=key)
        for key, label in KIND_LABELS.items()
    ]
    whose = [
        link(key, label, _SIGNS_OF_WHOSE[key], wanted.whose == key, whose=key)
        for key, label in WHOSE.items()
    ]
    if asked.last_visit:
        is_here = asked.period == VISIT and not asked.last
        words = _("Since your last visit")
        whose.append(link(VISIT, words, "eye", is_here, since=VISIT, until=""))
    return [RailGroup("", [every]), RailGroup(_("Kind"), kinds), RailGroup(_("Whose"), whose)]


def period_links(query: QueryDict, asked: ChangesAsked) -> list[PeriodLink]:
    return [
        PeriodLink(
            str(label),
            changed(query, since=key, until=""),
            asked.period == key and not asked.last,
        )
        for key, (label, _first) in PERIODS.items()
    ]
