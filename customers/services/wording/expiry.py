"""The calendar that cards expire by: which day it is, and from when on an expiry is warned of."""

import calendar
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day it is in TIME_ZONE; cards expire by it."""
    return timezone.localdate()


def end_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def warned_until(day: date) -> date:
    """The last day whose expiry is warned of."""
    return day + timedelta(days=settings.EXPIRY_WARNING_DAYS)


def warned_from(last_day: date) -> date:
    """The first day on which it is warned of a card that is valid through `last_day`."""
    return last_day - timedelta(days=settings.EXPIRY_WARNING_DAYS)
