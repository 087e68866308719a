"""What the overview says: tiles, latest changes, the last sync."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Access, Change, Customer, Organization, SyncRun
from customers.services.access import shown_by, shown_to, visible_changes
from customers.services.disclosures import record
from customers.services.history import Event, events_of
from customers.services.listing import COUNT_CAP, capped_count, count_worklist
from customers.services.words import day_words
from customers.services.worklists import WORKLISTS, Worklist, end_of_month, narrow, today

ON_TILES = 6
_LATEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A worklist, how many organizations are on it, and a word on that."""

    worklist: Worklist
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class LatestChange:
    organization: Organization
    event: Event


def tiles(user: AbstractBaseUser) -> list[Tile]:
    """The first worklists, each with how many organizations are on it, capped."""
    proofs = shown_to(user)
    notes = _notes(user, today())
    return [
        Tile(worklist, _on(user, proofs, worklist), notes.get(worklist.key, ""))
        for worklist in WORKLISTS[:ON_TILES]
    ]


def _on(user: AbstractBaseUser, proofs: QuerySet[Access], worklist: Worklist) -> int:
    """How many are on the worklist: by the proofs alone if they tell."""
    told = count_worklist(proofs, worklist.key)
    return capped_count(narrow(shown_by(user, proofs), worklist.key)) if told is None else told


def _notes(user: AbstractBaseUser, day: date) -> dict[str, str]:
    soon = day + timedelta(days=settings.EXPIRY_WARNING_DAYS)
    lately = visible_changes(user).filter(seen_at__gt=timezone.now() - timedelta(days=1)).order_by()
    return {
        "delinquent": _since_yesterday(lately.filter(became_delinquent=True)),
        "expired": _renewed(lately.filter(changed_expiry=True)),
        "expires-this-month": _("valid through %(day)s") % {"day": day_words(end_of_month(day))},
        "expiring": _("by %(day)s") % {"day": day_words(soon)},
        "no-payment-method": _since_yesterday(lately.filter(lost_method=True)),
        "could-not-check": _("the last answer stays"),
    }


def _since_yesterday(changes: QuerySet[Change]) -> str:
    count = _capped(changes)
    if not count:
        return _("none new since yesterday")
    return ngettext("%(count)s since yesterday", "%(count)s since yesterday", count) % {
        "count": f"{count:,}"
    }


def _renewed(changes: QuerySet[Change]) -> str:
    count = _capped(changes)
    if not count:
        return _("none renewed since yesterday")
    words = ngettext(
        "%(count)s renewed since yesterday", "%(count)s renewed since yesterday", count
    )
    return words % {"count": f"{count:,}"}


def _capped(changes: QuerySet[Change]) -> int:
    return changes.values("organization_id")[: COUNT_CAP + 1].count()


def latest_changes(user: AbstractBaseUser) -> list[LatestChange]:
    """What changed lately among all that `user` may see the past of, the latest first."""
    latest = list(visible_changes(user).select_related("organization")[:_LATEST])
    keys = {change.organization_id for change in latest}
    by_organization: defaultdict[int, list[Change]] = defaultdict(list)
    for change in visible_changes(user).filter(organization_id__in=keys):
        by_organization[change.organization_id].append(change)
    customers = Customer.objects.select_related("organization").in_bulk(keys)
    found = [
        LatestChange(customers[key].organization, event)
        for key, changes in by_organization.items()
        for event in events_of(changes, customers[key])
    ]
    record(user, customers.values(), "overview")
    found.sort(key=lambda change: change.event.seen_at, reverse=True)
    return found[:_LATEST]


def last_sync() -> SyncRun | None:
    """The sync that started last, whoever's; it tells of no billing."""
    return SyncRun.objects.first()
