"""How long organizations stay delinquent.
A spell begins and ends between two checks each, so it lasted at least and at most so long. Only
those that began within the history that the user may see are counted; those that still last, or
whose end is not known, count for as long as they were watched (Kaplan and Meier)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.capped_counts import capped_count
from customers.database.key_parameters import among
from customers.services.access.kept_figures import kept
from customers.services.access.visible import with_visible_past
from customers.services.overview.past_steps import Step, past_steps

_LOOKED_BACK = timedelta(days=365)
THRESHOLDS = (1, 3, 7, 14, 30, 60, 90)  # days
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Spell:
    began: datetime  # the earliest time
    shortest: timedelta
    longest: timedelta | None  # None if it was not seen to be paid
    is_ongoing: bool


@dataclass(frozen=True, slots=True)
class PaidWithin:
    """Of `count` spells that began at least so many days ago, how many were paid within them."""

    days: int
    count: int
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Spells:
    since: datetime
    count: int
    ongoing: int
    earlier: int  # still delinquent since before `since` or the first check; capped
    median: tuple[float | None, float | None]  # days, at least and at most; None if not reached
    within: list[PaidWithin]


def spells(user: AbstractBaseUser) -> Spells:
    since, count, ongoing, earlier, (least, most), within = kept(
        user, "spells", lambda: _counted(user)
    ).figures
    rows = [PaidWithin(*row) for row in within]
    return Spells(datetime.fromisoformat(since), count, ongoing, earlier, (least, most), rows)


def _counted(user: AbstractBaseUser) -> list[Any]:
    now = timezone.now()
    past = past_steps(user, now - _LOOKED_BACK, ["is_counted"], "after")
    visible = with_visible_past(user)
    rows = visible.filter(pk__in=among(past.steps)).values_list("pk", "delinquent", "checked_at")
    found = [
        spell
        for key, is_delinquent, checked_at in rows
        for spell in _of_one(past.steps[key], checked_at if is_delinquent else None)
    ]
    ongoing = sum(spell.is_ongoing for spell in found)
    all_now = capped_count(visible.filter(delinquent=True))
    return [
        past.since.isoformat(),
        len(found),
        ongoing,
        max(all_now - ongoing, 0),
        [_median(found, longest=False), _median(found, longest=True)],
        [_within(found, days, now) for days in THRESHOLDS],
    ]


def _of_one(steps: Sequence[Step], delinquent_at: datetime | None) -> Iterator[Spell]:
    """The spells of one organization; `delinquent_at` is the last check if it is delinquent."""
    began: Step | None = None
    for step in reversed(steps):
        if "delinquent" not in step.differences:
            continue
        _before, now = step.differences["delinquent"]
        if now is True:
            began = step
        elif began:
            longest = step.seen_at - began.after if now is False else None
            yield Spell(began.after, _span(began, step.after), longest, is_ongoing=False)
            began = None
    if began and delinquent_at:
        yield Spell(began.after, _span(began, delinquent_at), None, is_ongoing=True)


def _span(began: Step, until: datetime) -> timedelta:
    return max(until - began.seen_at, timedelta())


def _within(found: Iterable[Spell], days: int, now: datetime) -> list[int]:
    limit = days * _DAY
    old = [
        spell
        for spell in found
        if spell.began <= now - limit
        and (spell.longest is not None or spell.is_ongoing or spell.shortest >= limit)
    ]
    at_least = sum(spell.longest is not None and spell.longest <= limit for spell in old)
    at_most = sum(spell.longest is not None and spell.shortest <= limit for spell in old)
    return [days, len(old), at_least, at_most]


def _median(found: Iterable[Spell], *, longest: bool) -> float | None:
    """After how many days half of them are paid; None if more than half are not."""
    ends = sorted(_end(spell, longest=longest) for spell in found)
    left, unpaid = len(ends), 1.0
    for span, at_once in groupby(ends, key=_span_of):
        paid = [is_paid for _, is_paid in at_once]
        unpaid *= 1 - sum(paid) / left
        left -= len(paid)
        if unpaid <= 0.5:
            return span / _DAY
    return None


def _span_of(end: tuple[timedelta, bool]) -> timedelta:
    return end[0]


def _end(spell: Spell, *, longest: bool) -> tuple[timedelta, bool]:
    """How long it was watched, and whether it was then paid."""
    if spell.longest is None:
        return spell.shortest, False
    return (spell.longest if longest else spell.shortest), True
