"""What has changed, in a line for each change of the overview."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from customers.dashboard.changes.change_links import SIGNS_OF_KINDS
from customers.models import Organization
from customers.services.changes.change_feed import ChangeLine
from customers.services.history.differences import Event
from customers.services.wording.short_times import short_day


@dataclass(frozen=True, slots=True)
class NewsLine:
    organization: Organization
    first: Event  # whose sign it has
    words: str
    sign: str
    when: str  # the time if it was seen today, else the day; both as the reader's clock has them


def news_lines(lines: Iterable[ChangeLine]) -> list[NewsLine]:
    return [
        NewsLine(
            line.organization,
            line.events[0],
            " · ".join(event.sentence for event in line.events),
            SIGNS_OF_KINDS[line.events[0].kind],
            _when(line.change.seen_at),
        )
        for line in lines
    ]


def _when(at: datetime) -> str:
    seen_at = timezone.localtime(at)
    if seen_at.date() == timezone.localdate():
        return date_format(seen_at, "H:i")
    return short_day(seen_at.date())
