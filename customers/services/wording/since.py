"""Since which days something has been so, told from the two checks that it began between."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from customers.services.wording.formats import day_words


def since_days(after: datetime, until: datetime) -> str:
    """The days in which something began: `22–24 Nov`, with the year unless it is this one."""
    first, last = timezone.localdate(after), timezone.localdate(until)
    if first == last:
        return _short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        first_day = date_format(first, pgettext("date format", "j"))
        return f"{first_day}–{_short_day(last)}"
    return f"{_short_day(first)} – {_short_day(last)}"


def _short_day(day: date) -> str:
    if day.year != timezone.localdate().year:
        return day_words(day)
    return date_format(day, pgettext("date format", "j M"))
