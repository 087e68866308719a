"""How many changes there are: of a filter, of a day, and behind each link beside the feed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser

from customers.database.capped_counts import NARROWED_COUNT_CAP, capped_counts
from customers.services.access.kept_figures import kept
from customers.services.changes.change_filter import (
    KIND_LABELS,
    MINE,
    UNREAD,
    WATCHED,
    ChangeFilter,
    changes_of,
)
from customers.services.changes.periods import VISIT, day_begins, day_ends
from customers.services.watching.unread import UNREAD_CAP

ALL = ""


@dataclass(frozen=True, slots=True)
class ChangeCounts:
    """None exceeds `cap` + 1."""

    all: int
    by_day: Mapping[date, int]
    cap: int


@dataclass(frozen=True, slots=True)
class LinkCounts:
    """What each other link would show beside the rest; none exceeds NARROWED_COUNT_CAP + 1."""

    counts: Mapping[str, int]
    counted_at: datetime


def count_changes(user: AbstractBaseUser, wanted: ChangeFilter, days: set[date]) -> ChangeCounts:
    """All that is asked for, and those of some of the reader's days, in one statement."""
    cap = UNREAD_CAP if wanted.whose == UNREAD else NARROWED_COUNT_CAP
    changes = changes_of(user, wanted)
    parts = {
        day.isoformat(): changes.filter(seen_at__gte=day_begins(day), seen_at__lt=day_ends(day))
        for day in days
    }
    counts = capped_counts({ALL: changes, **parts}, cap)
    return ChangeCounts(counts[ALL], {day: counts[day.isoformat()] for day in days}, cap)


def count_links(
    user: AbstractBaseUser, wanted: ChangeFilter, last_visit: datetime | None
) -> LinkCounts:
    key = _key(wanted, last_visit)
    found = kept(user, "changes", lambda: {key: _count_links(user, wanted, last_visit)}, [key])
    return LinkCounts(found.figures[key], found.counted_at)


def _count_links(
    user: AbstractBaseUser, wanted: ChangeFilter, last_visit: datetime | None
) -> dict[str, int]:
    others = {
        **{kind: replace(wanted, kinds=(kind,)) for kind in KIND_LABELS},
        ALL: replace(wanted, kinds=()),
        **{whose: replace(wanted, whose=whose) for whose in (MINE, WATCHED)},
    }
    if last_visit:
        others[VISIT] = replace(wanted, since=last_visit, until=None)
    rows = {key: changes_of(user, other) for key, other in others.items()}
    return capped_counts(rows, NARROWED_COUNT_CAP)


def _key(wanted: ChangeFilter, last_visit: datetime | None) -> str:
    times = (wanted.since, wanted.until, last_visit)
    return json.dumps([*map(str, times), wanted.kinds, wanted.organization, wanted.whose])
