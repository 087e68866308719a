"""How many customers were delinquent at the end of each recent week.
Counted backwards from now through the changes since, for organizations whose past the user may see.
Weeks before the first check are unknown, not zero. With too many changes the trend covers fewer
weeks; with too many customers it is empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Q
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP
from customers.database.key_parameters import among
from customers.services.access.kept_figures import kept
from customers.services.access.visible import with_visible_past
from customers.services.overview.past_steps import PastSteps, first_check, past_steps, value_at

WEEKS = 12
_WORKLIST, _COLUMN = "delinquent", "delinquent"


@dataclass(frozen=True, slots=True)
class Trend:
    """`levels`: a number for each of `ends`, None if unknown; empty if there are too many."""

    ends: list[datetime]
    levels: list[int | None]
    hidden: int = 0  # how many of those counted now have a past that the user may not see

    @property
    def since(self) -> datetime | None:
        """The first known end before the last."""
        known = zip(self.ends[:-1], self.levels, strict=False)
        return next((end for end, level in known if level is not None), None)

    @property
    def more(self) -> int:
        """How many more there are now than then, of those whose past is known."""
        first = next((level for level in self.levels[:-1] if level is not None), 0)
        return (self.levels[-1] or 0) - self.hidden - first if self.levels else 0

    @property
    def fewer(self) -> int:
        return -self.more


def delinquency_trend(user: AbstractBaseUser, counts: Mapping[str, int]) -> Trend:
    """The last level is that of `counts`, which includes hidden pasts."""
    ends, levels, hidden = kept(user, "trend", lambda: _counted(user, counts[_WORKLIST])).figures
    return Trend([datetime.fromisoformat(end) for end in ends], levels, hidden)


def _counted(user: AbstractBaseUser, current: int) -> list[Any]:
    trend = _trend(user, current)
    return [[f"{end}" for end in trend.ends], trend.levels, trend.hidden]


def _trend(user: AbstractBaseUser, current: int) -> Trend:
    now = timezone.now()
    ends = [now - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    past = past_steps(user, ends[0], ["is_counted"])
    ends = [end for end in ends if end >= past.since]
    # The capped count includes hidden pasts, so it bounds the rows that are read.
    if current > COUNT_CAP:
        return Trend(ends, [])
    *before, visible = _levels(user, ends, past)
    levels = [*_known(ends, before, first_check(user)), current]
    return Trend(ends, levels, max(current - visible, 0))


def _known(ends: list[datetime], levels: list[int], first: datetime | None) -> list[int | None]:
    return [
        level if level or (first and first <= end) else None
        for end, level in zip(ends, levels, strict=False)
    ]


def _levels(user: AbstractBaseUser, ends: list[datetime], past: PastSteps) -> list[int]:
    levels = _unchanged(user, ends, past)
    # A permission list shows some changes, but not what was before it.
    changed = with_visible_past(user).filter(pk__in=among(past.steps))
    for key, first, value in changed.values_list("pk", "first_checked_at", _COLUMN):
        for position, end in enumerate(ends):
            if first and first <= end:
                levels[position] += value_at(end, _COLUMN, value, past.steps[key]) is True
    return levels


def _unchanged(user: AbstractBaseUser, ends: list[datetime], past: PastSteps) -> list[int]:
    so_now = with_visible_past(user).filter(**{_COLUMN: True})
    known = {
        f"by_{place}": Count("pk", filter=Q(first_checked_at__lte=end))
        for place, end in enumerate(ends)
    }
    return list(so_now.exclude(pk__in=among(past.steps)).aggregate(**known).values())
