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
from functools import cache
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP
from customers.database.key_parameters import KEYS, among, as_parameter
from customers.database.prepared import Given, Prepared
from customers.models import Customer
from customers.services.access.visible import (
    OLDEST,
    USER,
    changes_of,
    given_of,
    past_proofs_of,
    plainly_shown_by,
)

WEEKS = 12
MOST_CHANGES = 5_000
FIRST_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of Customer, its copy on the proofs, the value that is counted, and the worklist of
    those that have it."""

    column: str
    copy: str
    value: Any
    worklist: str


DELINQUENT = Measure("delinquent", "shows_delinquent", True, "delinquent")
NO_METHOD = Measure("state", "shows_state", Customer.State.NONE.value, "no-payment-method")


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
    also of those whose past the user may not see."""
    past, first = _past(user), _first_check(user)
    delinquent, no_method = (
        _trend(_levels(user, measure, past, counts), past, first, counts[measure.worklist])
        for measure in (DELINQUENT, NO_METHOD)
    )
    return delinquent, no_method


def _trend(levels: list[int], past: PastSteps, first: datetime | None, now: int) -> Trend:
    if not levels:
        return Trend(past.ends, [])
    *before, told = levels
    return Trend(past.ends, [*_known(past.ends, before, first), now], max(now - told, 0))


def _first_check(user: AbstractBaseUser) -> datetime | None:
    """When the first of those that are counted was checked, told from a bounded number of them."""
    return next(iter(_FIRST.ask(**given_of(user))), None)


def _first() -> QuerySet[Customer, Any]:
    some = past_proofs_of(USER, OLDEST).order_by("organization_id").values("organization_id")
    looked_at = Customer.objects.filter(
        pk__in=some[:FIRST_LOOKED_AT], first_checked_at__isnull=False
    )
    return looked_at.order_by("first_checked_at").values_list("first_checked_at", flat=True)[:1]


_FIRST = Prepared(_first)


def _known(ends: list[datetime], levels: list[int], first: datetime | None) -> list[int | None]:
    """None instead of the zeros of a time when nothing had been checked yet."""
    return [
        level if level or (first and first <= end) else None
        for end, level in zip(ends, levels, strict=False)
    ]


def _past(user: AbstractBaseUser) -> PastSteps:
    now = timezone.now()
    ends = [now - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    rows = _COUNTED_SINCE.ask(**given_of(user), since=ends[0])
    if len(rows) > MOST_CHANGES:
        oldest = rows.pop()[1]
        ends = [end for end in ends if end >= oldest]
    steps: defaultdict[int, list[Step]] = defaultdict(list)
    for organization_id, seen_at, differences in rows:
        steps[organization_id].append(Step(seen_at, differences))
    return PastSteps(ends, steps)


_COUNTED_SINCE = Prepared(
    lambda: (
        changes_of(USER, OLDEST)
        .filter(is_counted=True, seen_at__gt=Given("since", DateTimeField()))
        .values_list("organization_id", "seen_at", "differences")[: MOST_CHANGES + 1]
    )
)


def _levels(
    user: AbstractBaseUser, measure: Measure, past: PastSteps, counts: Mapping[str, int]
) -> list[int]:
    # So many are shown so; those whose past is are no more than that.
    if counts[measure.worklist] > COUNT_CAP:
        return []
    so_now, changed = _asked_for(measure)
    levels = _unchanged(dict(so_now.ask(**given_of(user))), past)
    keys = as_parameter(past.steps)
    for key, first, value in changed.ask(**given_of(user), keys=keys) if past.steps else ():
        for position, end in enumerate(past.ends):
            if first and first <= end:
                levels[position] += _at(end, value, past.steps[key], measure) == measure.value
    return levels


@cache
def _asked_for(measure: Measure) -> tuple[Prepared[Any], Prepared[Any]]:
    """Of those whose past is shown: which are so now, and what others that changed are."""
    shown = past_proofs_of(USER, OLDEST)
    so_now = plainly_shown_by(shown.filter(**{measure.copy: measure.value}), few=True)
    changed = plainly_shown_by(shown).filter(pk__in=among(KEYS))
    return (
        Prepared(lambda: so_now.values_list("pk", "first_checked_at")),
        Prepared(lambda: changed.values_list("pk", "first_checked_at", measure.column)),
    )


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
