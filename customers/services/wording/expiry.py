"""The calendar of expiry dates: today, and the days of the expiry warning."""

import calendar
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The current day in TIME_ZONE, which decides whether a card has expired."""
    return day_of(timezone.now())


def day_of(at: datetime) -> date:
    """The day in TIME_ZONE, whatever time zone the reader has chosen: all agree on what is due."""
    return timezone.localdate(at, timezone.get_default_timezone())


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def warned_until(day: date) -> date:
    """The last expiry date that is warned about on `day`."""
    return day + timedelta(days=settings.EXPIRY_WARNING_DAYS)


def validity_tone(last_day: date | None, day: date) -> str:
    """`bad` once expired, `warn` within EXPIRY_WARNING_DAYS, `good` later, `plain` if unknown."""
    if last_day is None:
        return "plain"
    if last_day < day:
        return "bad"
    return "warn" if last_day <= warned_until(day) else "good"


def warned_from(last_day: date) -> date:
    """The first day with a warning about a card that is valid through `last_day`."""
    return last_day - timedelta(days=settings.EXPIRY_WARNING_DAYS)
