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
# Errors of a value of the wrong type; SQLite stores any type.
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class ChainBroken(Exception):
    """An entry was altered, removed or inserted; the message says where."""


class NotSigned(ChainBroken):
    """The chain is intact, but the portal did not write its end."""


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    entries: int
    number: int  # of the last entry
    head: str  # its hash
    pruned_through: int
    pruned_at: datetime | None


def verify_log(noted_head: str = "") -> VerifiedLog:
    """Raises ChainBroken, also if `noted_head`, a hash kept elsewhere, is not in the log."""
    try:
        return _verify(noted_head)
    except (*_UNREADABLE, DatabaseError) as exc:
        raise ChainBroken(f"The log cannot be read: {exc}") from exc


def hashed_rows(entries: QuerySet[Disclosure]) -> QuerySet[Disclosure, Any]:
    return entries.order_by("pk").values_list(*_COLUMNS, named=True)


def follow(entries: Iterable[Any], head: DisclosureHead) -> Iterator[Any]:
    """Yield each entry after verifying it; `entries` begin where the log does."""
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
    """Check that the log begins where its last removal entry says."""
    if removal is None:
        is_recorded = not head.pruned_through and not head.pruned_hash
    else:
        recorded = json.loads(removal.purpose)
        start = (recorded["through"], bytes.fromhex(recorded["hash"]))
        is_recorded = start == (head.pruned_through, head.pruned_hash)
    if not is_recorded:
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
    return _verify(noted_head)  # retention removed what was being read


def _head() -> DisclosureHead:
    head = DisclosureHead.objects.filter(pk=1).first()
    if head is None:
        raise ChainBroken("The row that holds the end of the log is missing.")
    return head


def _verify_to(head: DisclosureHead, noted_head: str) -> VerifiedLog:
    """Verify up to `head`, which was the end when verification began."""
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
    return VerifiedLog(count, number, last_hash.hex(), head.pruned_through, pruned_at)


def _is_next(entry: Any, number: int, before: bytes, format_: int) -> bool:
    with suppress(*_UNREADABLE):
        if entry.format < format_:
            return False
        if entry.format == 1:  # has fewer columns, and gaps in its numbers
            is_in_place = not any(getattr(entry, name) for name in ADDED)
        else:
            is_in_place = entry.id == number + 1
        return is_in_place and bool(entry.hash == next_hash(before, entry))
    return False


def _day(seen_at: Any) -> str:
    return f" of {seen_at:%Y-%m-%d %H:%M} UTC" if isinstance(seen_at, datetime) else ""
