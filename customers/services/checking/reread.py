"""Parse stored answers again, after an upgrade or for a new hash key. Records no changes."""

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
# When a parsed value differs, the interval in which it began is no longer known.
_BEGAN = ("state", "delinquent")
_INTERVALS = [f"{name}_{end}" for name in _BEGAN for end in ("after", "seen_at")]


@dataclass(frozen=True, slots=True)
class Batch:
    organizations: int
    changed: int
    unreadable: list[str]


def reread(columns: Collection[str] = PARSED_COLUMNS) -> Iterator[Batch]:
    """Update these columns from the stored answers. Safe beside a sync, twice, or after a kill."""
    last = ""
    while True:
        with transaction.atomic():
            rows = Organization.objects.select_for_update(no_key=True).filter(org_id__gt=last)
            org_ids = dict(rows.order_by("org_id").values_list("pk", "org_id")[:_ROWS_AT_A_TIME])
            batch = _reread(org_ids, columns)
        if not org_ids:
            return
        last = list(org_ids.values())[-1]  # in the database's order, not Python's
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
        if _apply(row, {name: read[name] for name in columns}):
            changed.append(row)
    update(changed, "organization", [*columns, *_INTERVALS])
    return Batch(len(org_ids), len(changed), unreadable)


def _apply(row: Customer, read: dict[str, object]) -> bool:
    differing = [name for name, value in read.items() if getattr(row, name) != value]
    for name in differing:
        setattr(row, name, read[name])
        if name in _BEGAN:
            setattr(row, f"{name}_after", None)
            setattr(row, f"{name}_seen_at", row.checked_at)
    return bool(differing)
