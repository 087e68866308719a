"""The disclosure log for reading: newest first, what was shown together in one line.
Each page reads a bounded number of entries by an index, however many the log holds."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from customers.models import Disclosure, Organization
from customers.models.folding import fold

LINES = 50
_READ = 5_000  # entries per page, from which the lines are made
_NAMED = 3  # organizations of a line
_MOST_OF_A_NAME = 100
_Entry = tuple[int, str, str]  # key, shown_together, where


@dataclass(frozen=True, slots=True)
class LogFilter:
    """`organization` is an org id or a name; `purpose` only narrows the others further."""

    username: str = ""
    organization: str = ""
    day: date | None = None
    where: str = ""
    purpose: str = ""
    together: str = ""

    @property
    def is_narrow(self) -> bool:
        return bool(self.username or self.organization or self.day or self.together)


@dataclass(frozen=True, slots=True)
class LogLine:
    """What was shown in one way on one page: the latest of its entries, and how many there are.
    `named` are org ids with their present names. `goes_on`: there may be more entries."""

    entry: Disclosure
    named: list[tuple[str, str]]
    count: int
    goes_on: bool

    @property
    def left(self) -> int:
        return self.count - len(self.named)


@dataclass(frozen=True, slots=True)
class LogPage:
    lines: list[LogLine]
    before: int | None  # where the next page goes on


def log_page(wanted: LogFilter, before: int | None = None) -> LogPage:
    entries = _entries(wanted)
    if before:
        entries = entries.filter(pk__lt=before)
    read = list(entries.values_list("pk", "shown_together", "where")[:_READ])
    found = [list(of_line) for _, of_line in groupby(read, _key_of_line(wanted))]
    shown, is_cut = found[:LINES], len(read) == _READ and len(found) <= LINES
    has_more = len(found) > LINES or is_cut
    return LogPage(_lines(shown, is_cut), _place_after(shown[-1], is_cut) if has_more else None)


def _key_of_line(wanted: LogFilter) -> Callable[[_Entry], object]:
    """Entries of former releases do not say what they were shown with."""

    def key_of_line(entry: _Entry) -> object:
        key, together, where = entry
        return (together, where) if together and not wanted.together else key

    return key_of_line


def _lines(found: Sequence[Sequence[_Entry]], is_cut: bool) -> list[LogLine]:
    keys = [key for of_line in found for key, *_ in of_line[:_NAMED]]
    entries = Disclosure.objects.in_bulk(keys)
    names = _names(entry.organization_id for entry in entries.values())
    lines = []
    for of_line in found:
        some = [entries[key] for key, *_ in of_line[:_NAMED] if key in entries]
        named = [(one.org_id, names.get(one.organization_id or 0, "")) for one in some]
        goes_on = is_cut and of_line is found[-1]
        lines += [LogLine(some[0], named, len(of_line), goes_on)] if some else []
    return lines


def _names(organization_ids: Iterable[int | None]) -> dict[int, str]:
    rows = Organization.objects.filter(pk__in={key for key in organization_ids if key})
    return dict(rows.values_list("pk", "name"))


def _place_after(last_line: Sequence[_Entry], is_cut: bool) -> int:
    """Behind a line that is longer than a page reads, if nothing else stands between it."""
    key, together, _where = last_line[-1]
    if not is_cut or not together:
        return key
    rest = Disclosure.objects.filter(shown_together=together, pk__lt=key).order_by("pk")
    first = rest.values_list("pk", flat=True).first()
    return first if first and rest.count() == key - first else key


def _entries(wanted: LogFilter) -> QuerySet[Disclosure]:
    entries = Disclosure.objects.order_by("-pk")
    if wanted.username:
        entries = entries.filter(username=wanted.username)
    if wanted.where:
        entries = entries.filter(where=wanted.where)
    if wanted.together:
        entries = entries.filter(shown_together=wanted.together)
    if wanted.purpose and wanted.is_narrow:
        entries = entries.filter(purpose__icontains=wanted.purpose)
    if wanted.organization:
        entries = entries.filter(_of_organization(wanted.organization))
        entries = entries.order_by("-seen_at", "-pk")  # as the index of organizations has it
    return _on(entries, wanted.day) if wanted.day else entries


def _of_organization(text: str) -> Q:
    """By id or whole name; by the id alone once the organization has been deleted."""
    known = Organization.objects.filter(Q(org_id=text) | Q(folded_name=fold(text)))
    keys = list(known.values_list("pk", flat=True)[:_MOST_OF_A_NAME])
    return Q(organization_id__in=keys) if keys else Q(org_id=text)


def _on(entries: QuerySet[Disclosure], day: date) -> QuerySet[Disclosure]:
    """Entries are numbered in the order of their times, so a day is a range of numbers too."""
    start, end = _midnight(day), _midnight(day + timedelta(days=1))
    by_time = Disclosure.objects.order_by(F("seen_at"), F("pk"))
    first = by_time.filter(seen_at__gte=start).values_list("pk", flat=True).first()
    last = by_time.reverse().filter(seen_at__lt=end).values_list("pk", flat=True).first()
    if first is None or last is None:
        return entries.none()
    return entries.filter(pk__range=(first, last), seen_at__gte=start, seen_at__lt=end)


def _midnight(day: date) -> datetime:
    """In the reader's time zone."""
    return timezone.make_aware(datetime.combine(day, time()))
