"""Since which days something has been true, given the two checks between which it began."""

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import pgettext

from customers.services.wording.short_times import short_day


def since_days(after: datetime, until: datetime) -> str:
    """`22–24 Nov`, with the year unless it is the current one."""
    first, last = timezone.localdate(after), timezone.localdate(until)
    if first == last:
        return short_day(last)
    if (first.year, first.month) == (last.year, last.month):
        first_day = date_format(first, pgettext("date format", "j"))
        return f"{first_day}–{short_day(last)}"
    return f"{short_day(first)} – {short_day(last)}"


def clock_interval(after: datetime, until: datetime) -> str:
    """`01:59–14:00` of the day of `until`; `28 Nov–12:00` if it began on another."""
    first, last = timezone.localtime(after), timezone.localtime(until)
    end = f"{last:%H:%M}"
    if first.date() != last.date():
        return f"{short_day(first.date())}–{end}"
    begin = f"{first:%H:%M}"
    return end if begin == end else f"{begin}–{end}"
