"""From when on: the words and days that a URL can say it in. Days are those of the reader."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

VISIT = "visit"
_FRIDAY = 4  # date.weekday


def last_friday(day: date) -> date:
    """The Friday before `day`, which on a Friday is a week ago."""
    return day - timedelta(days=(day.weekday() - _FRIDAY - 1) % 7 + 1)


# What a URL says, how it is said, and the first day.
PERIODS: dict[str, tuple[Promise, Callable[[date], date]]] = {
    "today": (gettext_lazy("Today"), lambda day: day),
    "friday": (gettext_lazy("Since Friday"), last_friday),
    "week": (gettext_lazy("7 days"), lambda day: day - timedelta(days=6)),
    "month": (gettext_lazy("30 days"), lambda day: day - timedelta(days=29)),
}


def first_day_of(text: str) -> date | None:
    """The day that a word of PERIODS or an ISO date says; None if it is neither."""
    if text in PERIODS:
        return PERIODS[text][1](timezone.localdate())
    return iso_day(text)


def iso_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 9000 else None


def day_begins(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def day_ends(day: date) -> datetime:
    return day_begins(day + timedelta(days=1))
