"""Read the stored answers again, so that their rows hold what is read of them today.

For an upgrade that reads more or otherwise, and for a new key of what is hashed. Nothing has
happened to the customers: no change is told, and what somebody looked at stays looked at.
"""

import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db import transaction

from customers.database.bulk_write import update
from customers.database.key_parameters import among
from customers.models import Customer, Organization, Payload
from customers.services.checking.interpret import columns_of
from customers.upstream.errors import InvalidAnswer
from customers.upstream.stripe.stripe_customer import StripeCustomer, parse_customer

_ROWS_AT_A_TIME = 500
_PAYLOADS_AT_A_TIME = 50
PARSED_COLUMNS = tuple(columns_of(StripeCustomer()))
# The intervals in which these began are no longer known once the row says something else.
_BEGAN = ("state", "delinquent")
_INTERVALS = [f"{name}_{end}" for name in _BEGAN for end in ("after", "seen_at")]


@dataclass(frozen=True, slots=True)
class Batch:
    """How many organizations were looked at, how many rows changed, whose answer made no sense."""

    organizations: int
    changed: int
    unreadable: list[str]


def reread(columns: Collection[str] = PARSED_COLUMNS) -> Iterator[Batch]:
    """Bring these columns of all rows in line with the stored answers, batch by batch.

    The organizations of a batch are locked in the order in which answers are stored, so that it
    may run beside a sync, twice, or again after it was killed.
    """
    last = ""
    while True:
        with transaction.atomic():
            rows = Organization.objects.select_for_update().filter(org_id__gt=last)
            org_ids = dict(rows.order_by("org_id").values_list("pk", "org_id")[:_ROWS_AT_A_TIME])
            batch = _reread(org_ids, columns)
        if not org_ids:
            return
        last = list(org_ids.values())[-1]  # by the order of the database, which is not Python's
        yield batch


def _reread(org_ids: dict[int, str], columns: Collection[str]) -> Batch:
    keys = among(org_ids)
    rows = {row.organization_id: row for row in Customer.objects.filter(pk__in=keys)}
    payloads = Payload.objects.filter(pk__in=keys).iterator(chunk_size=_PAYLOADS_AT_A_TIME)
    changed, unreadable = [], []
    for payload in payloads:
        row = rows[payload.customer_id]
        try:
            read = columns_of(parse_customer(payload.decoded))
        except (InvalidAnswer, ValueError, zlib.error):
            unreadable.append(org_ids[payload.customer_id])
            continue
        if _take_over(row, {name: read[name] for name in columns}):
            changed.append(row)
    update(changed, "organization", [*columns, *_INTERVALS])
    return Batch(len(org_ids), len(changed), unreadable)


def _take_over(row: Customer, read: dict[str, object]) -> bool:
    """Have `row` say what was read; whether it said something else."""
    differing = [name for name, value in read.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, read[name])
        if name in _BEGAN:
            setattr(row, f"{name}_after", None)
            setattr(row, f"{name}_seen_at", row.checked_at)
    return bool(differing)
