"""Read single JSON values as what they should be, or as absent. Pure and total.

Whatever `json.loads` can return may come in, NaN, huge integers and lone surrogates included.
What comes out fits a database column: text is clean (clean_text.py), integers have 64 bits, times
can be shown in any time zone.
"""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeGuard

from customers.upstream.clean_text import clean_line

TEXT_LIMIT = 255  # characters; Stripe promises that no id is longer
WORD_LIMIT = 40  # characters; Stripe's own words, which stand together in one index
LONG_TEXT_LIMIT = 1000  # characters; descriptions and names
LIST_LIMIT = 1000  # items

_DIGITS = re.compile(r"[0-9]{1,9}")
_WHOLE = 100  # percent
_INT64 = range(-(2**63), 2**63)
_COUNTS = range(2**31)  # what an integer column holds; nobody has more of anything
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# The very last day is left out, because a time zone ahead of UTC could not show its evening.
_END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
_SECONDS = range(int((_END_OF_TIME - _EPOCH).total_seconds()))


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """At most `limit` characters on one clean line; "" for what is no text."""
    return clean_line(value)[:limit].rstrip() if isinstance(value, str) else ""


def word(value: object) -> str:
    """One of Stripe's own words, in the lower case that it uses today."""
    return text(value.lower(), WORD_LIMIT) if isinstance(value, str) else ""


def is_integer(value: object) -> TypeGuard[int]:
    """Whether it is a JSON integer; Python counts true and false as integers, JSON does not."""
    return isinstance(value, int) and not isinstance(value, bool)


def integer(value: object) -> int | None:
    """A JSON integer of at most 64 bits."""
    return value if is_integer(value) and value in _INT64 else None


def number_in(allowed: range, value: object) -> int | None:
    """A whole number that `allowed` holds, however it is written: 5, 5.0 or "05"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    return value if is_integer(value) and value in allowed else None


def boolean(value: object) -> bool | None:
    """JSON true or false; anything else is unknown, because unknown is not no."""
    return value if isinstance(value, bool) else None


def percent(value: object) -> Decimal | None:
    """A share between 0 and 100; Stripe sends fractions since 2018-07-27, whole numbers before."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(str(value)) if 0 <= value <= _WHOLE else None  # NaN is not within


def unix_time(value: object) -> datetime | None:
    """A time in UTC, from seconds since 1970, or from the ISO text of some old records."""
    if is_integer(value):
        return _EPOCH + timedelta(seconds=value) if value in _SECONDS else None
    return _iso_moment(value) if isinstance(value, str) else None


def _iso_moment(value: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(value)
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return found if _EPOCH <= found < _END_OF_TIME else None


def mapping(value: object) -> dict[str, object]:
    """A JSON object; {} for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object] | None:
    """The first items of a Stripe list or a bare array; None if there is no list to speak of."""
    listed = value.get("data") if isinstance(value, dict) else value
    return listed[:LIST_LIMIT] if isinstance(listed, list) else None


def objects(value: object) -> list[dict[str, object]]:
    """The items of a list that are objects and not empty."""
    return [item for item in items(value) or [] if isinstance(item, dict) and item]


def total_count(value: object) -> int | None:
    """How many items Stripe says there are; lists before 2014-03-28 call it `count`."""
    listed = mapping(value)
    counts = [listed.get("total_count"), listed.get("count")]
    return next((count for count in counts if is_integer(count) and count in _COUNTS), None)


def goes_on(value: object) -> bool:
    """Whether a list has items that were not sent or not read; Stripe sends ten unless asked."""
    read = items(value)
    if read is None:
        return False
    sent = mapping(value).get("data", value)
    is_cut = isinstance(sent, list) and len(sent) > LIST_LIMIT
    return is_cut or mapping(value).get("has_more") is True or (total_count(value) or 0) > len(read)
