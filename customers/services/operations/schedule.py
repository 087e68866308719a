"""Whether the commands of the schedule run: when each last ended, how, and which are overdue."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone

from customers.models import CommandRun
from customers.services.operations.crontab import Crontab, Times, longest_gap, portal_crontab

# What a run may take, and a change of the clocks: a quarter of the time to the next, within bounds.
_LEAST_GRACE, _MOST_GRACE = timedelta(hours=1), timedelta(hours=6)
_Codes = dict[tuple[str, datetime | None], int | None]


@dataclass(frozen=True, slots=True)
class ScheduledCommand:
    name: str
    times: tuple[str, ...]  # as cron reads them
    ended_at: datetime | None
    exit_code: int | None  # of the run that ended last
    succeeded_at: datetime | None
    unended_since: datetime | None  # when the latest run began, if it has not ended
    is_overdue: bool


def scheduled_commands() -> list[ScheduledCommand]:
    """In the order of the schedule. Overdue is by the last end: whether it succeeded is another
    question. By how long ago that is, not by the clock, because cron may be in another zone."""
    times: defaultdict[str, list[Times]] = defaultdict(list)
    crontab = portal_crontab()
    for entry in crontab.entries:
        times[entry.command].append(entry.times)
    if not times:
        return []
    known_since = _known_since(crontab)
    runs = {row["command"]: row for row in _latest(times)}
    codes = _exit_codes({row["ended"] for row in runs.values()})
    return [
        _standing(name, of_command, runs.get(name, {}), codes, known_since)
        for name, of_command in times.items()
    ]


def overdue() -> list[ScheduledCommand]:
    return [command for command in scheduled_commands() if command.is_overdue]


def _known_since(crontab: Crontab) -> datetime | None:
    """Since when runs of this schedule are recorded: an added line is not overdue at once."""
    first: datetime | None = CommandRun.objects.aggregate(first=Min("began_at"))["first"]
    return max(first, crontab.changed_at) if first and crontab.changed_at else first


def _latest(names: Iterable[str]) -> list[dict[str, Any]]:
    runs = CommandRun.objects.filter(command__in=names)
    latest = runs.values("command").annotate(
        began=Max("began_at"),
        ended=Max("ended_at"),
        succeeded=Max("ended_at", filter=Q(exit_code=0)),
        unended=Max("began_at", filter=Q(ended_at=None)),
    )
    return [dict(row) for row in latest]


def _exit_codes(ends: set[datetime | None]) -> _Codes:
    rows = CommandRun.objects.filter(ended_at__in=ends - {None})
    return {(row.command, row.ended_at): row.exit_code for row in rows}


def _standing(
    name: str,
    times: list[Times],
    runs: dict[str, Any],
    codes: _Codes,
    known_since: datetime | None,
) -> ScheduledCommand:
    ended, unended = runs.get("ended"), runs.get("unended")
    reference = ended or known_since
    return ScheduledCommand(
        name=name,
        times=tuple(one.text for one in times),
        ended_at=ended,
        exit_code=codes.get((name, ended)),
        succeeded_at=runs.get("succeeded"),
        unended_since=unended if unended and unended == runs["began"] else None,
        is_overdue=reference is not None and timezone.now() - reference > _patience(times),
    )


def _patience(times: list[Times]) -> timedelta:
    gap = min(longest_gap(one) for one in times)
    return gap + min(max(gap / 4, _LEAST_GRACE), _MOST_GRACE)
