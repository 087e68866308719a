"""How many were delinquent, and how many without a payment method, over the last weeks.

Worked out backwards, from what is so now and from the changes since. It counts only organizations
whose past the user may see, each from its first check on; of what was before the first of these,
nothing is known, and that is not none. It stays bounded: where there is too much to count, it
reaches less far back or says that it cannot tell.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Min
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP
from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import visible_changes, with_visible_past

WEEKS = 12
MOST_CHANGES = 5_000
FIRST_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of Customer, the value that is counted, and the worklist of those that have it."""

    column: str
    value: Any
    worklist: str


DELINQUENT = Measure("delinquent", True, "delinquent")
NO_METHOD = Measure("state", Customer.State.NONE.value, "no-payment-method")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a counted column; the latest first."""

    seen_at: datetime
    differences: dict[str, list[Any]]


@dataclass(frozen=True, slots=True)
class Trend:
    """`levels` holds one number for each of `ends`, None where it is not known; it is empty where
    there are too many."""

    ends: list[datetime]
    levels: list[int | None]
    untold: int = 0  # of those that are so now: whose past the user may not see


@dataclass(frozen=True, slots=True)
class PastSteps:
    """The changes since the first of `ends`, by organization."""

    ends: list[datetime]
    steps: dict[int, list[Step]]


def trends(user: AbstractBaseUser, counts: Mapping[str, int]) -> tuple[Trend, Trend]:
    """Delinquency and lack of a payment method at the end of each week, the last one now; `counts`
    tells how many are on these worklists, counted to one over COUNT_CAP. So many there are now,
    also of those whose past the user may not see. Both may be told a minute late."""
    figures = kept(user, "trends", lambda: _counted(user, counts)).figures
    delinquent, no_method = (
        Trend([datetime.fromisoformat(end) for end in ends], levels, untold)
        for ends, levels, untold in figures
    )
    return delinquent, no_method


def _counted(user: AbstractBaseUser, counts: Mapping[str, int]) -> list[Any]:
    past, first = _past(user), _first_check(user)
    trends = (
        _trend(_levels(user, measure, past, counts), past, first, counts[measure.worklist])
        for measure in (DELINQUENT, NO_METHOD)
    )
    return [[[f"{end}" for end in each.ends], each.levels, each.untold] for each in trends]


def _trend(levels: list[int], past: PastSteps, first: datetime | None, now: int) -> Trend:
    if not levels:
        return Trend(past.ends, [])
    *before, told = levels
    return Trend(past.ends, [*_known(past.ends, before, first), now], max(now - told, 0))


def _first_check(user: AbstractBaseUser) -> datetime | None:
    """When the first of those that are counted was checked, told from a bounded number of them."""
    some = with_visible_past(user).order_by("pk").values("pk")[:FIRST_LOOKED_AT]
    first = Customer.objects.filter(pk__in=some).aggregate(first=Min("first_checked_at"))["first"]
    return cast("datetime | None", first)


def _known(ends: list[datetime], levels: list[int], first: datetime | None) -> list[int | None]:
    """None instead of the zeros of a time when nothing had been checked yet."""
    return [
        level if level or (first and first <= end) else None
        for end, level in zip(ends, levels, strict=False)
    ]


def _past(user: AbstractBaseUser) -> PastSteps:
    now = timezone.now()
    ends = [now - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    changes = visible_changes(user).filter(is_counted=True, seen_at__gt=ends[0])
    columns = ("organization_id", "seen_at", "differences")
    rows = list(changes.values_list(*columns)[: MOST_CHANGES + 1])
    if len(rows) > MOST_CHANGES:
        oldest = rows.pop()[1]
        ends = [end for end in ends if end >= oldest]
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for organization_id, seen_at, differences in rows:
        steps[organization_id].append(Step(seen_at, differences))
    return PastSteps(ends, steps)


def _levels(
    user: AbstractBaseUser, measure: Measure, past: PastSteps, counts: Mapping[str, int]
) -> list[int]:
    # So many are shown so; those whose past is are no more than that.
    if counts[measure.worklist] > COUNT_CAP:
        return []
    shown = with_visible_past(user)
    so_now = shown.filter(**{measure.column: measure.value})
    levels = _unchanged(dict(so_now.values_list("pk", "first_checked_at")), past)
    changed = shown.filter(pk__in=among(past.steps))
    for key, first, value in changed.values_list("pk", "first_checked_at", measure.column):
        for position, end in enumerate(past.ends):
            if first and first <= end:
                levels[position] += _at(end, value, past.steps[key], measure) == measure.value
    return levels


def _unchanged(first_checked: dict[int, datetime | None], past: PastSteps) -> list[int]:
    """How many have been so ever since they were first checked, at each end."""
    starts = sorted(at for key, at in first_checked.items() if at and key not in past.steps)
    return [bisect_right(starts, end) for end in past.ends]


def _at(end: datetime, value: Any, steps: list[Step], measure: Measure) -> Any:
    """What the column held then: `value` now, taken back over all that changed since."""
    for step in steps:
        if step.seen_at <= end:
            break
        if measure.column in step.differences:
            value = step.differences[measure.column][0]
    return value
