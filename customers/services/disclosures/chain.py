import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Disclosure, DisclosureHead, VerifiedPosition
from customers.services.disclosures.entry_hash import ADDED, FORMAT, HASHED, next_hash
from customers.services.disclosures.signature import signing_key
from customers.services.disclosures.verified_positions import (
    Run,
    forget_position,
    note_position,
    noted_position,
)

_CHUNK = 2000
_NOTED_EVERY = 100_000  # entries, a few seconds
_COLUMNS = (*HASHED[FORMAT], "hash")
# Errors of a value of the wrong type; SQLite stores any type.
_UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class ChainBroken(Exception):
    """An entry was altered, removed or inserted; the message says where."""


class NotSigned(ChainBroken):
    """The chain is intact, but the portal did not write its end."""


class Predecessor(NamedTuple):
    """What an entry follows: the entry before, or the last that retention removed."""

    number: int
    hash: bytes
    format: int = 1


@dataclass(frozen=True, slots=True)
class VerifiedLog:
    entries: int  # that were read
    after: int  # the entry up to which an earlier run had read; 0 if all were read now
    number: int  # of the last entry
    head: str  # its hash
    pruned_through: int
    pruned_at: datetime | None


def verify_log(noted_head: str = "", run: str = "") -> VerifiedLog:
    """Verify the whole log, or with a `run` what is behind the position that it noted.
    Raises ChainBroken, also if `noted_head`, a hash kept elsewhere, is not among what is read."""
    try:
        return _verify(noted_head, run)
    except (*_UNREADABLE, DatabaseError) as exc:
        raise ChainBroken(f"The log cannot be read: {exc}") from exc


def hashed_rows(entries: QuerySet[Disclosure]) -> QuerySet[Disclosure, Any]:
    return entries.order_by("pk").values_list(*_COLUMNS, named=True)


def beginning(head: DisclosureHead) -> Predecessor:
    return Predecessor(head.pruned_through, bytes(head.pruned_hash))


def follow(entries: Iterable[Any], before: Predecessor) -> Iterator[Any]:
    """Yield each entry after verifying it; the first one follows `before`."""
    for entry in entries:
        if not _is_next(entry, before):
            raise ChainBroken(
                f"The chain breaks at entry {entry.id}{_day(entry.seen_at)}: it, or what stood "
                "before it, is not what was written."
            )
        yield entry
        before = Predecessor(entry.id, entry.hash, entry.format)


def check_beginning(head: DisclosureHead) -> None:
    if Disclosure.objects.filter(pk__lte=head.pruned_through).exists():
        raise ChainBroken("An entry stands before the beginning of the log.")


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


def _verify(noted_head: str, run: str) -> VerifiedLog:
    position = noted_position(run) if run else None  # before the end, which may move on
    last = Disclosure.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    head = _head()
    if last > head.number:
        raise ChainBroken(f"Entry {last} stands behind the end of the log.")
    try:
        return _verify_to(head, noted_head, run, position)
    except ChainBroken:
        if _head().pruned_through == head.pruned_through:
            raise
    return _verify(noted_head, run)  # retention removed what was being read


def _head() -> DisclosureHead:
    head = DisclosureHead.objects.filter(pk=1).first()
    if head is None:
        raise ChainBroken("The row that holds the end of the log is missing.")
    return head


def _verify_to(
    head: DisclosureHead, noted_head: str, run: str, position: VerifiedPosition | None
) -> VerifiedLog:
    """Verify up to `head`, which was the end when verification began."""
    check_beginning(head)
    began_at = position.began_at if position else timezone.now()
    earlier = _verified_earlier(head, position)
    last, count = earlier or beginning(head), 0
    found = noted_head in {"", last.hash.hex()}
    for entry in follow(_entries_between(last.number, head.number), last):
        last, count = Predecessor(entry.id, entry.hash, entry.format), count + 1
        found = found or last.hash.hex() == noted_head
        if run and not count % _NOTED_EVERY:
            note_position(run, last.number, last.hash, began_at)
    removal = _check_end(head, last, found=found)
    if run:
        note_position(Run.NEW, last.number, last.hash, timezone.now())
    if run == Run.ALL:
        forget_position(run)
    return VerifiedLog(
        entries=count,
        after=earlier.number if earlier else 0,
        number=last.number,
        head=last.hash.hex(),
        pruned_through=head.pruned_through,
        pruned_at=removal.seen_at if removal else None,
    )


def _check_end(head: DisclosureHead, last: Predecessor, *, found: bool) -> Disclosure | None:
    """Returns the last removal by retention. `found` is whether the noted hash was among them."""
    if (last.number, last.hash) != (head.number, head.hash):
        raise ChainBroken(
            f"The log ends with entry {last.number}, which is not the end as written."
        )
    removals = Disclosure.objects.filter(where=Disclosure.Where.PRUNED, pk__lte=head.number)
    removal = removals.order_by("-pk").first()
    check_removal(removal, head)
    if not found:
        or_else = " or retention removed that entry" if removal else ""
        raise ChainBroken(f"No entry has the hash that was noted; the log was rebuilt{or_else}.")
    if not signing_key(head):
        raise NotSigned(
            "The entries hold together, but the portal did not sign the end of the log: something "
            "else added the last of them, or the key of CREDENTIAL_KEYS that signed it is missing."
        )
    return removal


def _verified_earlier(
    head: DisclosureHead, position: VerifiedPosition | None
) -> Predecessor | None:
    """The noted entry, unless retention has removed it since."""
    if position is None or position.number <= head.pruned_through:
        return None
    entry = hashed_rows(Disclosure.objects.filter(pk=position.number)).first()
    if entry is None or entry.hash != bytes(position.hash):
        raise ChainBroken(
            f"Entry {position.number} is not the one that was verified before: the log was cut, or "
            "rebuilt."
        )
    return Predecessor(entry.id, entry.hash, entry.format)


def _entries_between(after: int, through: int) -> Iterator[Any]:
    """In chunks of their own, so that neither side holds all of them."""
    entries = Disclosure.objects.filter(pk__lte=through)
    while chunk := list(hashed_rows(entries.filter(pk__gt=after))[:_CHUNK]):
        yield from chunk
        after = chunk[-1].id


def _is_next(entry: Any, before: Predecessor) -> bool:
    with suppress(*_UNREADABLE):
        if entry.format < before.format:
            return False
        if entry.format == 1:  # has fewer columns, and gaps in its numbers
            is_in_place = not any(getattr(entry, name) for name in ADDED)
        else:
            is_in_place = entry.id == before.number + 1
        return is_in_place and bool(entry.hash == next_hash(before.hash, entry))
    return False


def _day(seen_at: Any) -> str:
    return f" of {seen_at:%Y-%m-%d %H:%M} UTC" if isinstance(seen_at, datetime) else ""
