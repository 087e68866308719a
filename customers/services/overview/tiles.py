"""What the overview says: tiles, latest changes, the last sync."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.database.capped_counts import capped_counts
from customers.models import SyncRun
from customers.services.access.kept_figures import kept
from customers.services.access.visible import visible_changes, visible_customers
from customers.services.disclosures.log import record
from customers.services.lists.change_feed import Item, feed
from customers.services.lists.worklists import WORKLISTS, Worklist
from customers.services.wording.expiry import end_of_month, today, warned_until
from customers.services.wording.formats import count_words, day_words

ON_TILES = 6
_LATEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A worklist, how many organizations are on it, and a word on that."""

    worklist: Worklist
    count: int
    note: str


def tiles(user: AbstractBaseUser, counts: Mapping[str, int]) -> list[Tile]:
    """The first worklists, each with how many organizations are on it, capped."""
    notes = _notes(user, today())
    first = WORKLISTS[:ON_TILES]
    return [Tile(each, counts[each.key], notes.get(each.key, "")) for each in first]


def expiring_by_month(user: AbstractBaseUser, months: int = 13) -> list[tuple[date, int]]:
    """How many cards that `user` may see expire at the end of each month, each counted to one over
    COUNT_CAP: the last month, this one, and those to come."""
    ends = [today().replace(day=1) - timedelta(days=1)]
    while len(ends) < months:
        ends.append(end_of_month(ends[-1] + timedelta(days=1)))
    counts = kept(user, "months", lambda: _expiring(user, ends)).figures
    return [(end, counts[f"{end}"]) for end in ends]


def _expiring(user: AbstractBaseUser, ends: list[date]) -> dict[str, int]:
    customers = visible_customers(user)
    return capped_counts({f"{end}": customers.filter(expires_on=end) for end in ends})


def _notes(user: AbstractBaseUser, day: date) -> dict[str, str]:
    lately = visible_changes(user).filter(seen_at__gt=timezone.now() - timedelta(days=1))
    kinds = ("became_delinquent", "changed_expiry", "lost_method")
    counts = capped_counts({kind: lately.filter(**{kind: True}) for kind in kinds})
    return {
        "delinquent": _since_yesterday(counts["became_delinquent"]),
        "expired": _renewed(counts["changed_expiry"]),
        "expires-this-month": _("valid through %(day)s") % {"day": day_words(end_of_month(day))},
        "expiring": _("by %(day)s") % {"day": day_words(warned_until(day))},
        "no-payment-method": _since_yesterday(counts["lost_method"]),
        "could-not-check": _("showing the last known state"),
    }


def _since_yesterday(count: int) -> str:
    if not count:
        return _("none new since yesterday")
    return ngettext("%(count)s since yesterday", "%(count)s since yesterday", count) % {
        "count": count_words(count)
    }


def _renewed(count: int) -> str:
    if not count:
        return _("none renewed since yesterday")
    words = ngettext(
        "%(count)s renewed since yesterday", "%(count)s renewed since yesterday", count
    )
    return words % {"count": count_words(count)}


def latest_changes(user: AbstractBaseUser) -> list[Item]:
    """What changed lately among all that `user` may see the past of, the latest first."""
    found = feed(user, size=_LATEST)
    items = found.items[:_LATEST]  # a change may be of several kinds
    told = {item.organization.pk for item in items}
    record(user, [customer for customer in found.customers if customer.pk in told], "overview")
    return items


def last_sync() -> SyncRun | None:
    """The sync that started last, whoever's; it tells of no billing."""
    return SyncRun.objects.first()
