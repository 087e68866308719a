"""The rail beside every list: the worklists in groups, each with how many are on it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from customers.database.capped_counts import COUNT_CAP
from customers.services.lists.counts import WorklistCounts
from customers.services.lists.worklists import GROUPS, WORKLISTS, Worklist
from customers.services.wording.formats import capped_words

# By worklist, each its sign of static/icons/signs.svg.
SIGNS = {
    "mine": "user",
    "watched": "star",
    "delinquent": "delinquent",
    "expired": "expired",
    "expires-before-renewal": "warning",
    "no-payment-method": "none",
    "first-payment-outstanding": "paused",
    "could-not-check": "check-failed",
    "unclear": "unknown",
    "details-not-sent": "hidden",
    "changed": "nav-changes",
    "by-invoice": "invoice",
    "expires-this-month": "soon",
    "expiring": "soon",
    "deleted": "deleted",
}
# One's own, above all groups.
_FIRST = ("mine", "watched")


@dataclass(frozen=True, slots=True)
class RailLink:
    label: str
    sign: str
    url: str
    count: str
    is_current: bool
    hint: str = ""  # beside the label, on hover and to screen readers


@dataclass(frozen=True, slots=True)
class RailGroup:
    label: str  # "" above the first
    links: list[RailLink]


def rail(
    counted: WorklistCounts, current: str | None, shown: tuple[int, bool] | None = None
) -> list[RailGroup]:
    """`current` is the key of the list shown, "" for all, None for none; `shown` is its count."""
    counts = {key: capped_words(count, COUNT_CAP) for key, count in counted.counts.items()}
    if current is not None and shown:
        count, is_capped = shown
        counts[current] = capped_words(count + is_capped, count)

    address = reverse("organizations")

    def link(key: str, label: str) -> RailLink:
        url = f"{address}?worklist={key}" if key else address
        sign = SIGNS.get(key, "nav-list")
        return RailLink(label, sign, url, counts.get(key, ""), key == current)

    def links(worklists: list[Worklist]) -> list[RailLink]:
        return [link(worklist.key, str(worklist.label)) for worklist in worklists]

    own = [worklist for worklist in WORKLISTS if worklist.key in _FIRST]
    groups = [RailGroup("", links(own))]
    for name, label in GROUPS.items():
        of_group = [it for it in WORKLISTS if it.group == name and it.key not in _FIRST]
        groups.append(RailGroup(str(label), links(of_group)))
    groups[-1].links.append(link("", _("All organizations")))
    return [group for group in groups if group.links]
