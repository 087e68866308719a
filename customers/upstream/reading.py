"""Read untrusted JSON values into types that fit a database column. Never raises."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeGuard

from customers.upstream.clean_text import clean_line

TEXT_LIMIT = 255  # characters; Stripe promises that no id is longer
WORD_LIMIT = 40  # characters; Stripe's enum values, several of which share one index
LONG_TEXT_LIMIT = 1000  # characters; descriptions and names
LIST_LIMIT = 1000  # items

_DIGITS = re.compile(r"[0-9]{1,9}")
_WHOLE = 100  # percent
_INT64 = range(-(2**63), 2**63)
_COUNTS = range(2**31)  # fits an integer column, and more than any real count
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Without the last day: its evening does not exist in time zones ahead of UTC.
_END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)
_SECONDS = range(int((_END_OF_TIME - _EPOCH).total_seconds()))


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """One clean line of at most `limit` characters; "" if it is not text."""
    return clean_line(value)[:limit].rstrip() if isinstance(value, str) else ""


def word(value: object) -> str:
    """One of Stripe's enum values, in lower case as Stripe writes them today."""
    return text(value.lower(), WORD_LIMIT) if isinstance(value, str) else ""


def is_integer(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def integer(value: object) -> int | None:
    return value if is_integer(value) and value in _INT64 else None


def number_in(allowed: range, value: object) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        value = int(value)
    return value if is_integer(value) and value in allowed else None


def boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def percent(value: object) -> Decimal | None:
    """From 0 to 100. Stripe sends fractions since 2018-07-27, integers before."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return Decimal(str(value)) if 0 <= value <= _WHOLE else None  # False for NaN


def unix_time(value: object) -> datetime | None:
    """From seconds since 1970, or from the ISO text in some old records."""
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
    return value if isinstance(value, dict) else {}


def items(value: object) -> list[object] | None:
    listed = value.get("data") if isinstance(value, dict) else value
    return listed[:LIST_LIMIT] if isinstance(listed, list) else None


def objects(value: object) -> list[dict[str, object]]:
    return [item for item in items(value) or [] if isinstance(item, dict) and item]


def total_count(value: object) -> int | None:
    listed = mapping(value)
    counts = [listed.get("total_count"), listed.get("count")]  # count: before 2014-03-28
    return next((count for count in counts if is_integer(count) and count in _COUNTS), None)


def goes_on(value: object) -> bool:
    """Whether the list has items that were not sent or not read; Stripe sends ten by default."""
    read = items(value)
    if read is None:
        return False
    sent = mapping(value).get("data", value)
    is_cut = isinstance(sent, list) and len(sent) > LIST_LIMIT
    return is_cut or mapping(value).get("has_more") is True or (total_count(value) or 0) > len(read)
