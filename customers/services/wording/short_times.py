"""Days and ages short enough for a column of a list."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext

from customers.services.wording.expiry import day_of
from customers.services.wording.formats import day_words


def short_day(day: date) -> str:
    """`28 Nov`, with the year unless it is this one; for a datetime, the day in TIME_ZONE."""
    local = day_of(day) if isinstance(day, datetime) else day
    if local.year != timezone.localdate().year:
        return day_words(local)
    return date_format(local, pgettext("date format", "j M"))


def short_age(age: timedelta) -> str:
    """`now`, `3 min`, `5 h`, `12 d`."""
    minutes = int(age.total_seconds()) // 60
    hours, days = minutes // 60, minutes // (24 * 60)
    if days > 0:
        return gettext("%(count)s d") % {"count": days}
    if hours > 0:
        return gettext("%(count)s h") % {"count": hours}
    if minutes > 0:
        return gettext("%(count)s min") % {"count": minutes}
    return gettext("now")
