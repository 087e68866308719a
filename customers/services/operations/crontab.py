"""Read a crontab: which commands of the portal it runs, and at which times."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import chain, pairwise

from django.conf import settings

_LINE = re.compile(r"(?P<times>@\w+|(?:\S+\s+){4}\S+)\s+(?P<shell>.+)")
_COMMAND = re.compile(r"\bmanage\.py\s+([^|;&>'\"]+)")
_NICKNAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_MONTHS = (
    *("", "jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIRST_DAY, _DAYS = date(2024, 1, 1), 9 * 366  # until a 29 February has come again
_MOST_DIGITS = 2
_APART = ("--dry-run", "--all")


@dataclass(frozen=True, slots=True)
class Times:
    text: str
    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]  # 0 is Sunday
    is_either_day: bool  # cron runs on both if the day of the month and of the week are limited

    def on(self, day: date) -> list[datetime]:
        """The times of that day, in whatever time zone cron has."""
        if not self.includes(day):
            return []
        return [
            datetime.combine(day, time(hour, minute))
            for hour in sorted(self.hours)
            for minute in sorted(self.minutes)
        ]

    def includes(self, day: date) -> bool:
        matches = (day.day in self.days, day.isoweekday() % 7 in self.weekdays)
        return day.month in self.months and (any if self.is_either_day else all)(matches)


@dataclass(frozen=True, slots=True)
class Entry:
    command: str
    times: Times


@dataclass(frozen=True, slots=True)
class Crontab:
    entries: tuple[Entry, ...]
    unreadable: tuple[int, ...]  # numbers of lines
    changed_at: datetime | None = None  # the file


def portal_crontab() -> Crontab:
    """Empty if there is no such file: a system check says so."""
    try:
        found = read_crontab(settings.CRONTAB.read_text())
        changed_at = datetime.fromtimestamp(settings.CRONTAB.stat().st_mtime, UTC)
        return replace(found, changed_at=changed_at)
    except (OSError, UnicodeDecodeError):
        return Crontab((), ())


@cache
def read_crontab(text: str) -> Crontab:
    """Lines that run no command of the portal are skipped, and @reboot, which is no time."""
    entries: list[Entry] = []
    unreadable: list[int] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.lstrip().startswith("#") or "manage.py" not in line:
            continue
        found = _LINE.match(line.strip())
        if found and found["times"].lower() == "@reboot":
            continue
        try:
            entries += _entries(found)
        except ValueError:
            unreadable.append(number)
    return Crontab(tuple(entries), tuple(unreadable))


def command_of(words: Sequence[str]) -> str:
    """What a run counts for: its command, apart from dry runs and runs over all. Empty for help."""
    if not words or {"-h", "--help"} & set(words):
        return ""
    return " ".join([words[0], *(option for option in _APART if option in words)])


@cache
def times_of(text: str) -> Times:
    """Raises ValueError for what cron would not read, or would never run."""
    fields = _NICKNAMES.get(text.lower(), text).split()
    if len(fields) != 5:
        raise ValueError(text)
    minutes, hours, days, months, weekdays = fields
    times = Times(
        text=text,
        minutes=_values(minutes, 0, 59),
        hours=_values(hours, 0, 23),
        days=_values(days, 1, 31),
        months=_values(months, 1, 12, _MONTHS),
        weekdays=frozenset(value % 7 for value in _values(weekdays, 0, 7, _WEEKDAYS)),
        is_either_day=not days.startswith("*") and not weekdays.startswith("*"),
    )
    if not any(times.includes(day) for day in _all_days()):
        raise ValueError(text)
    return times


@cache
def longest_gap(times: Times) -> timedelta:
    days = [day for day in _all_days() if times.includes(day)]
    moments = times.on(days[0])
    overnight = moments[0] - moments[-1]
    between = (later - earlier + overnight for earlier, later in pairwise(days))
    within = (later - earlier for earlier, later in pairwise(moments))
    return max(chain(between, within))


def _all_days() -> Iterator[date]:
    return (_FIRST_DAY + timedelta(days=number) for number in range(_DAYS))


def _entries(found: re.Match[str] | None) -> list[Entry]:
    words = _COMMAND.findall(found["shell"]) if found else []
    commands = [command_of(each.split()) for each in words]
    if not found or not all(commands) or not commands:
        raise ValueError("no command")
    times = times_of(" ".join(found["times"].split()))
    return [Entry(command, times) for command in commands]


def _values(field: str, least: int, most: int, names: Sequence[str] = ()) -> frozenset[int]:
    return frozenset(
        value for part in field.lower().split(",") for value in _range(part, least, most, names)
    )


def _range(part: str, least: int, most: int, names: Sequence[str]) -> range:
    span, slash, step = part.partition("/")
    first, dash, last = span.partition("-")
    if span == "*":
        start, end = least, most
    else:
        start = _number(first, names)
        end = _number(last, names) if dash else start
    every = _number(step, ()) if slash else 1
    if not least <= start <= end <= most or not every:
        raise ValueError(part)
    return range(start, end + 1, every)


def _number(text: str, names: Sequence[str]) -> int:
    if text and text in names:
        return names.index(text)
    if not text.isdecimal() or not text.isascii() or len(text) > _MOST_DIGITS:
        raise ValueError(text)
    return int(text)
