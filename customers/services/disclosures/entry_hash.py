"""The hash of an entry of the disclosure log, by the format that the entry was written in.

A format never changes: entries are not rewritten, and have to be verified for as long as they are
kept. Whatever an entry gains makes a new one.
"""

import hashlib
import json
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any

FORMAT = 2  # of what is written now
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
# The columns of an entry by its format, in the order in which its hash covers them.
HASHED = {1: _FORMER, 2: ("id", "format", *_FORMER, *ADDED)}


def next_hash(before: bytes, entry: Any) -> bytes:
    """The hash of `entry`, a row with these columns, behind one whose hash is `before`."""
    return hashlib.sha256(before + _TEXT.encode(_HASHED[entry.format](entry)).encode()).digest()


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_HASHED = {format_: attrgetter(*columns) for format_, columns in HASHED.items()}
_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
