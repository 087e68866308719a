"""Check the chain of the disclosure log, hand it to an auditor, and remove its old end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from typing import Any

from django.db import transaction
from django.utils import timezone

from customers.models import DisclosureHead, View
from customers.services.disclosures import locked_head, next_hash

_CHUNK = 2000
_PRUNED = 1000  # in one transaction: whoever is shown something waits for the head
COLUMNS = (
    "number",
    "seen_at",
    "user_id",
    "username",
    "organization_id",
    "org_id",
    "where",
    "ip_address",
    "purpose",
    "checked_at",
    "checked_with_id",
    "checked_with_name",
    "hash",
)


class ChainBroken(Exception):
    """An entry was altered, removed or put in between; the message says where."""


@dataclass(frozen=True, slots=True)
class Verified:
    """How many entries hold together, the last one's hash, and what retention has removed."""

    entries: int
    head: str
    pruned_through: int
    pruned_at: datetime | None


def verify(noted_head: str = "") -> Verified:
    """Follow the chain from its first entry to its end. Raises ChainBroken.

    `noted_head` is the hash of an entry that was written down outside the portal: it must still be
    there, so that even a log that was made anew as a whole is noticed.
    """
    head = DisclosureHead.objects.first() or DisclosureHead()
    before, entries = bytes(head.pruned_hash), 0
    found = noted_head in {"", before.hex()}
    last = View.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for entry in _entries().filter(pk__lte=last).iterator(chunk_size=_CHUNK):
        if bytes(entry.hash) != next_hash(before, entry):
            raise ChainBroken(
                f"The chain breaks at entry {entry.pk} of {entry.seen_at:%Y-%m-%d %H:%M} UTC: it, "
                "or what stood before it, is not what was written."
            )
        before, entries = bytes(entry.hash), entries + 1
        found = found or before.hex() == noted_head
    if not _ends_with(before, last):
        raise ChainBroken(f"The log ends at entry {last}, but it was longer.")
    if not found:
        or_else = " or retention removed that entry" if head.pruned_at else ""
        raise ChainBroken(f"No entry has the hash that was noted; the log was made anew{or_else}.")
    return Verified(entries, before.hex(), head.pruned_through, head.pruned_at)


def entries_between(since: datetime | None, until: datetime | None) -> Iterator[dict[str, Any]]:
    """The entries from `since` on and before `until`, the first one first, as rows of an export."""
    entries = _entries()
    if since:
        entries = entries.filter(seen_at__gte=since)
    if until:
        entries = entries.filter(seen_at__lt=until)
    for entry in entries.iterator(chunk_size=_CHUNK):
        yield {name: _value(entry, name) for name in COLUMNS}


def prune(before: datetime) -> int:
    """Remove the entries older than `before`; how many.

    The one way to remove entries: the database lets go of those that the head calls pruned.
    """
    removed = 0
    while some := _prune_some(before):
        removed += some
    return removed


def _prune_some(before: datetime) -> int:
    """Remove the first entries if they are old, and remember where the chain now starts."""
    with transaction.atomic():
        head = locked_head()
        first = _entries().only("pk", "seen_at", "hash")[:_PRUNED]
        old = list(takewhile(lambda entry: entry.seen_at < before, first))
        if not old:
            return 0
        head.pruned_through, head.pruned_hash = old[-1].pk, bytes(old[-1].hash)
        head.pruned_at = timezone.now()
        head.save(update_fields=["pruned_through", "pruned_hash", "pruned_at"])
        removed: int = View.objects.filter(pk__lte=old[-1].pk).delete()[0]
        return removed


def _entries() -> Any:
    return View.objects.order_by("pk")


def _ends_with(last_hash: bytes, last: int) -> bool:
    """Whether the head names the last entry, or one that was added while the log was read."""
    head = DisclosureHead.objects.first()
    if (bytes(head.hash) if head else b"") == last_hash:
        return True
    return View.objects.filter(pk__gt=last).exists()


def _value(entry: View, name: str) -> Any:
    if name == "number":
        return entry.pk
    value = getattr(entry, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return bytes(value).hex() if name == "hash" else value
