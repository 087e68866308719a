"""The tiles of the overview, cards expiring by month, and the last sync."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.database.capped_counts import COUNT_CAP, capped_counts
from customers.models import SyncRun
from customers.services.access.kept_figures import kept
from customers.services.access.visible import plainly_visible
from customers.services.lists.worklists import BY_KEY, Worklist, narrow_to_count
from customers.services.overview.week import week_changes
from customers.services.wording.expiry import end_of_month, today
from customers.services.wording.formats import count_words

_BEFORE_RENEWAL, _FAILED = "expires-before-renewal", "could-not-check"
ON_TILES = ("delinquent", "expired", _BEFORE_RENEWAL, "no-payment-method", _FAILED, "unclear")


@dataclass(frozen=True, slots=True)
class Tile:
    worklist: Worklist
    count: int
    change: int | None  # in a week; None if that cannot be told
    words: str  # "47 this week", beside an arrow
    spoken: str  # "47 more than a week ago", without one


@dataclass(frozen=True, slots=True)
class Month:
    last_day: date
    count: int
    before_renewal: int  # how many of them are on that worklist


def tiles(user: AbstractBaseUser, counts: Mapping[str, int]) -> list[Tile]:
    changes = week_changes(user, counts)
    return [
        Tile(BY_KEY[key], counts[key], changes.get(key), *_words(key, changes.get(key)))
        for key in ON_TILES
    ]


def _words(key: str, change: int | None) -> tuple[str, str]:
    if change is None:
        return "", ""
    count = {"count": count_words(abs(change))}
    if key == _FAILED:
        if not change:
            return _("none new this week"), ""
        words = ngettext("%(count)s new this week", "%(count)s new this week", change)
        return words % count, ""
    if not change:
        return _("no change this week"), ""
    words = ngettext("%(count)s this week", "%(count)s this week", abs(change)) % count
    if change > 0:
        return words, _("%(count)s more than a week ago") % count
    return words, _("%(count)s fewer than a week ago") % count


def expiring_by_month(
    user: AbstractBaseUser, counts: Mapping[str, int], months: int = 13
) -> list[Month]:
    """How many cards expire at the end of last month, this month and those to come; capped."""
    ends = [today().replace(day=1) - timedelta(days=1)]
    while len(ends) < months:
        ends.append(end_of_month(ends[-1] + timedelta(days=1)))
    keys = [f"{end} before" for end in ends]
    found = kept(user, "months", lambda: _expiring(user, ends, counts), keys).figures
    return [Month(end, found[f"{end}"], found[f"{end} before"]) for end in ends]


def _expiring(
    user: AbstractBaseUser, ends: list[date], counts: Mapping[str, int]
) -> dict[str, int]:
    customers = plainly_visible(user)
    late = narrow_to_count(user, customers, _BEFORE_RENEWAL, today())
    if counts[_BEFORE_RENEWAL] > COUNT_CAP:
        before = capped_counts({f"{end} before": late.filter(expires_on=end) for end in ends})
    else:  # few: they are read once, for all months
        by_end = Counter(late.order_by().values_list("expires_on", flat=True)[: COUNT_CAP + 1])
        before = {f"{end} before": by_end[end] for end in ends}
    return before | capped_counts({f"{end}": customers.filter(expires_on=end) for end in ends})


def last_sync() -> SyncRun | None:
    """The sync that started last, whoever started it; it says nothing about billing."""
    return SyncRun.objects.first()
