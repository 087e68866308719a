"""The changes in words: by day, one line each."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from customers.dashboard.changes.change_links import SIGNS_OF_KINDS
from customers.services.changes.change_counts import ChangeCounts
from customers.services.changes.change_feed import ChangeLine
from customers.services.history.differences import Event
from customers.services.wording.formats import capped_words, interval_words
from customers.services.wording.since import clock_interval


@dataclass(frozen=True, slots=True)
class ChangePart:
    sign: str
    tone: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    name: str
    url: str
    when: str
    interval: str  # the same in full
    parts: list[ChangePart]
    seen_with: str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class ChangeDay:
    label: str
    count: int
    words: str  # the count, which may be capped
    rows: list[ChangeRow]


def days_of(lines: Iterable[ChangeLine]) -> dict[date, list[ChangeLine]]:
    """By the reader's day on which they were seen."""
    return {day: list(group) for day, group in groupby(lines, _day)}


def cut_days(
    days: Mapping[date, Sequence[ChangeLine]], *, is_later: bool, has_more: bool
) -> set[date]:
    """The days of which other pages may have more: the first and the last."""
    order = list(days)
    return {*(order[:1] if is_later else ()), *(order[-1:] if has_more else ())}


def day_rows(
    days: Mapping[date, Sequence[ChangeLine]], counts: ChangeCounts, unread: Container[int]
) -> list[ChangeDay]:
    """`unread` has the keys of the changes that are."""
    found = []
    for day, lines in days.items():
        count = max(counts.by_day.get(day, 0), len(lines))
        words = capped_words(count, counts.cap)
        rows = [_row(line, is_unread=line.change.pk in unread) for line in lines]
        found.append(ChangeDay(_day_label(day), count, words, rows))
    return found


def _day(line: ChangeLine) -> date:
    return timezone.localdate(line.change.seen_at)


def _day_label(day: date) -> str:
    today = timezone.localdate()
    if day.year == today.year:
        words = date_format(day, pgettext("date format", "l j F"))
    else:
        words = date_format(day, pgettext("date format", "l j F Y"))
    return _("Today, %(day)s") % {"day": words} if day == today else words


def _row(line: ChangeLine, *, is_unread: bool) -> ChangeRow:
    change = line.change
    return ChangeRow(
        name=str(line.organization),
        url=line.organization.get_absolute_url(),
        when=clock_interval(change.after, change.seen_at),
        interval=interval_words(change.after, change.seen_at),
        parts=[_part(event) for event in line.events],
        seen_with=line.events[0].seen_with,
        is_unread=is_unread,
    )


def _part(event: Event) -> ChangePart:
    return ChangePart(SIGNS_OF_KINDS[event.kind], event.tone, event.title, event.detail)
