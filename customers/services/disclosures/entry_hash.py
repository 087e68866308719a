"""The hash of a log entry. Formats never change: old entries must stay verifiable."""

import hashlib
import json
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

FORMAT = 2  # of new entries
# The columns that format 2 added; an entry of format 1 has none of them.
ADDED = ("token_name", "proof", "shown_together")
_FORMER = (
    "user_id",
    "username",
    "organization_id",
    "org_id",
    "seen_at",
    "where",
    "ip_address",
    "purpose",
    "checked_at",
    "checked_with_id",
    "checked_with_name",
)
# By format: the hashed columns, in order.
HASHED = {1: _FORMER, 2: ("id", "format", *_FORMER, *ADDED)}


def next_hash(before: bytes, entry: Any) -> bytes:
    return hashlib.sha256(before + _TEXT.encode(_HASHED[entry.format](entry)).encode()).digest()


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_HASHED = {format_: attrgetter(*columns) for format_, columns in HASHED.items()}
_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
