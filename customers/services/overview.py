"""What the overview says: tiles, latest changes, the last sync."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Access, Change, SyncRun
from customers.services.access import shown_by, shown_to, visible_changes
from customers.services.disclosures import record
from customers.services.feed import Item, feed
from customers.services.listing import capped_count, count_worklist
from customers.services.words import count_words, day_words
from customers.services.worklists import (
    WORKLISTS,
    Worklist,
    end_of_month,
    narrow,
    today,
    warned_until,
)

ON_TILES = 6
_LATEST = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A worklist, how many organizations are on it, and a word on that."""

    worklist: Worklist
    count: int
    note: str


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
    lately = visible_changes(user).filter(seen_at__gt=timezone.now() - timedelta(days=1))
    return {
        "delinquent": _since_yesterday(lately.filter(became_delinquent=True)),
        "expired": _renewed(lately.filter(changed_expiry=True)),
        "expires-this-month": _("valid through %(day)s") % {"day": day_words(end_of_month(day))},
        "expiring": _("by %(day)s") % {"day": day_words(warned_until(day))},
        "no-payment-method": _since_yesterday(lately.filter(lost_method=True)),
        "could-not-check": _("the last answer stays"),
    }


def _since_yesterday(changes: QuerySet[Change]) -> str:
    count = capped_count(changes)
    if not count:
        return _("none new since yesterday")
    return ngettext("%(count)s since yesterday", "%(count)s since yesterday", count) % {
        "count": count_words(count)
    }


def _renewed(changes: QuerySet[Change]) -> str:
    count = capped_count(changes)
    if not count:
        return _("none renewed since yesterday")
    words = ngettext(
        "%(count)s renewed since yesterday", "%(count)s renewed since yesterday", count
    )
    return words % {"count": count_words(count)}


def latest_changes(user: AbstractBaseUser) -> list[Item]:
    """What changed lately among all that `user` may see the past of, the latest first."""
    found = feed(user, size=_LATEST)
    record(user, found.customers, "overview")
    return found.items[:_LATEST]


def last_sync() -> SyncRun | None:
    """The sync that started last, whoever's; it tells of no billing."""
    return SyncRun.objects.first()
