"""Read durations such as 0s, 15m, 1h and 7d, in settings and on command lines."""

import re
from datetime import timedelta

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_LONGEST = timedelta(days=36_500)


def parse_duration(text: str) -> timedelta:
    """The duration that `text` names; ValueError with a sentence if it names none."""
    match = re.fullmatch(r"(\d{1,9})([smhd])", text.strip(), re.ASCII)
    if match is None:
        raise ValueError(f"{text!r} is not a duration; write for example 0s, 15m, 1h or 7d.")
    duration = timedelta(**{_UNITS[match[2]]: int(match[1])})
    if duration > _LONGEST:
        raise ValueError(f"{text!r} is longer than 36500d.")
    return duration
