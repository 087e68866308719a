"""Remove old entries of the disclosure log, and record the removal in the log."""

import json
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from customers.database.bulk_write import update_row
from customers.models import Disclosure, DisclosureHead
from customers.services.disclosures.chain import (
    beginning,
    check_beginning,
    check_removal,
    follow,
    hashed_rows,
)
from customers.services.disclosures.log import append, locked_head

_BATCH = 1000  # entries per transaction, since every page that shows billing waits for the head
# The triggers compare with the database's clock.
_CLOCKS_DIFFER = timedelta(minutes=5)


class StillKept(Exception):
    """The database refused the deletion; the message says what to do."""


def prune(before: datetime) -> int:
    """The only way to remove entries. Returns how many. Raises StillKept or ChainBroken."""
    removed = 0
    while some := _prune_some(before - _CLOCKS_DIFFER):
        removed += some
    return removed


def _prune_some(before: datetime) -> int:
    with transaction.atomic():
        head = locked_head()
        # Not from the first: what the batches before have removed is still in the index.
        first = hashed_rows(Disclosure.objects.filter(pk__gt=head.pruned_through))[:_BATCH]
        old = list(takewhile(lambda entry: entry.seen_at < before, first))
        if not old:
            return 0
        _check(head, old)
        head.pruned_through, head.pruned_hash = old[-1].id, old[-1].hash
        append(head, [_removal(len(old), old[-1])], timezone.now())
        update_row(head, "pruned_through", "pruned_hash")
        _delete_through(head.pruned_through)
        return len(old)


def _check(head: DisclosureHead, old: list[Any]) -> None:
    removals = Disclosure.objects.filter(where=Disclosure.Where.PRUNED)
    check_beginning(head)
    check_removal(removals.order_by("-pk").first(), head)
    list(follow(old, beginning(head)))


def _delete_through(number: int) -> None:
    try:
        Disclosure.objects.filter(pk__lte=number).delete()
    except IntegrityError as exc:
        raise StillKept(
            "DISCLOSURE_RETENTION is shorter than what the database was told; run migrate, then "
            "prune_history again."
        ) from exc


def _removal(count: int, last: Any) -> Disclosure:
    removal = {"entries": count, "through": last.id, "hash": last.hash.hex()}
    return Disclosure(where=Disclosure.Where.PRUNED, purpose=json.dumps(removal))
