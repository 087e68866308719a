"""Verify that the disclosure log is as it was written."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.db.models import QuerySet

from customers.models import Disclosure, DisclosureHead
from customers.services.disclosures.entry_hash import ADDED, FORMAT, HASHED, next_hash
from customers.services.disclosures.signature import signing_key

_CHUNK = 2000
_COLUMNS = (*HASHED[FORMAT], "hash")
# What a value of a wrong type raises; SQLite keeps whatever it is given.
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class ChainBroken(Exception):
    """An entry was altered, removed or put in between; the message says where."""


class NotSigned(ChainBroken):
    """The entries hold together, but the portal did not write the last of them."""


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    """How many entries hold together, the last one's hash, and what retention has removed."""

    entries: int
    head: str
    pruned_through: int
    pruned_at: datetime | None


def verify_log(noted_head: str = "") -> VerifiedLog:
    """Follow the chain from its first entry to its end. Raises ChainBroken.

    `noted_head` is the hash of an entry that was written down outside the portal: it must still be
    there, so that even a log that was made anew as a whole is noticed.
    """
    try:
        return _verify(noted_head)
    except (*_UNREADABLE, DatabaseError) as exc:
        raise ChainBroken(f"The log cannot be read: {exc}") from exc


def hashed_rows(entries: QuerySet[Disclosure]) -> QuerySet[Disclosure, Any]:
    """What follow() reads: the columns that a hash covers and the hash, in the log's order."""
    return entries.order_by("pk").values_list(*_COLUMNS, named=True)


def follow(entries: Iterable[Any], head: DisclosureHead) -> Iterator[Any]:
    """Yield `entries`, the first of the log, each once it was verified against the one before."""
    number, before, format_ = head.pruned_through, bytes(head.pruned_hash), 1
    for entry in entries:
        if not _is_next(entry, number, before, format_):
            raise ChainBroken(
                f"The chain breaks at entry {entry.id}{_day(entry.seen_at)}: it, or what stood "
                "before it, is not what was written."
            )
        yield entry
        number, before, format_ = entry.id, entry.hash, entry.format


def check_removal(removal: Any, head: DisclosureHead) -> None:
    """Check that the log begins where its last entry about a removal says, if there is one."""
    if removal is None:
        is_said = not head.pruned_through and not head.pruned_hash
    else:
        said = json.loads(removal.purpose)
        start = (said["through"], bytes.fromhex(said["hash"]))
        is_said = start == (head.pruned_through, head.pruned_hash)
    if not is_said:
        raise ChainBroken(
            f"Entries up to {head.pruned_through} are gone, but no entry says that retention "
            "removed them."
        )


def _verify(noted_head: str) -> VerifiedLog:
    last = Disclosure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    head = _head()
    if last > head.number:
        raise ChainBroken(f"Entry {last} stands behind the end of the log.")
    try:
        return _verify_to(head, noted_head)
    except ChainBroken:
        if _head().pruned_through == head.pruned_through:
            raise
    return _verify(noted_head)  # for retention removed what was being read


def _head() -> DisclosureHead:
    head = DisclosureHead.objects.filter(pk=1).first()
    if head is None:
        raise ChainBroken("The row that holds the end of the log is missing.")
    return head


def _verify_to(head: DisclosureHead, noted_head: str) -> VerifiedLog:
    """Follow the log to `head`, which was its end when this began."""
    last_hash, number, count, removal = head.pruned_hash, head.pruned_through, 0, None
    found = noted_head in {"", last_hash.hex()}
    entries = hashed_rows(Disclosure.objects.filter(pk__lte=head.number)).iterator(
        chunk_size=_CHUNK
    )
    for entry in follow(entries, head):
        last_hash, number, count = entry.hash, entry.id, count + 1
        found = found or last_hash.hex() == noted_head
        if entry.where == Disclosure.Where.PRUNED:
            removal = entry
    if (number, last_hash) != (head.number, head.hash):
        raise ChainBroken(f"The log ends with entry {number}, which is not the end as written.")
    check_removal(removal, head)
    if not found:
        or_else = " or retention removed that entry" if removal else ""
        raise ChainBroken(f"No entry has the hash that was noted; the log was made anew{or_else}.")
    if not signing_key(head):
        raise NotSigned(
            "The entries hold together, but the portal did not sign the end of the log: something "
            "else added the last of them, or the key of CREDENTIAL_KEYS that signed it is missing."
        )
    pruned_at = removal.seen_at if removal else None
    return VerifiedLog(count, last_hash.hex(), head.pruned_through, pruned_at)


def _is_next(entry: Any, number: int, before: bytes, format_: int) -> bool:
    """Whether `entry` is what was written behind one of that number, hash and format."""
    with suppress(*_UNREADABLE):
        if entry.format < format_:
            return False
        if entry.format == 1:  # which says less, and was numbered by the database with gaps
            is_in_place = not any(getattr(entry, name) for name in ADDED)
        else:
            is_in_place = entry.id == number + 1
        return is_in_place and bool(entry.hash == next_hash(before, entry))
    return False


def _day(seen_at: Any) -> str:
    return f" of {seen_at:%Y-%m-%d %H:%M} UTC" if isinstance(seen_at, datetime) else ""
