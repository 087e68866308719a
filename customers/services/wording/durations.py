"""Durations such as 0s, 15m, 1h and 7d, in settings and on command lines, and in words."""

import re
from datetime import timedelta

from django.utils.translation import npgettext

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=36_500)


def parse_duration(text: str) -> timedelta:
    """Raises ValueError with a sentence for people."""
    match = re.fullmatch(r"(\d{1,9})([smhd])", text.strip(), re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is not a duration; write for example 0s, 15m, 1h or 7d.")
    duration = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if duration > _LONGEST:
        raise ValueError(f"{text!r} is longer than 36500d.")
    return duration


def duration_words(duration: timedelta) -> str:
    """`7 days`, `12 hours`: in the largest unit that leaves nothing over."""
    minutes, seconds = divmod(int(duration.total_seconds()), 60)
    hours, minutes_left = divmod(minutes, 60)
    days, hours_left = divmod(hours, 24)
    if seconds:
        count = minutes * 60 + seconds
        words = npgettext("lasts", "%(count)s second", "%(count)s seconds", count)
    elif minutes_left:
        count = minutes
        words = npgettext("lasts", "%(count)s minute", "%(count)s minutes", count)
    elif hours_left:
        count = hours
        words = npgettext("lasts", "%(count)s hour", "%(count)s hours", count)
    else:
        count = days
        words = npgettext("lasts", "%(count)s day", "%(count)s days", count)
    return words % {"count": count}
