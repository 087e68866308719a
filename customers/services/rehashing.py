"""Compute the keyed hashes of cards anew from the stored payloads, after a new SECRET_KEY."""

from collections.abc import Iterator

from django.db import transaction

from customers.models import Customer, Organization, Payload
from customers.services.interpreting import fingerprint_hash
from customers.upstream.stripe_customer import parse_customer

_ROWS_AT_A_TIME = 500


def rehash() -> Iterator[tuple[int, int]]:
    """Go through all organizations; yields how many of each batch there were and had another hash.

    The organizations of a batch are locked in the order in which answers are stored, so that it
    may run beside a sync, twice, or again after it was killed.
    """
    last = ""
    while True:
        with transaction.atomic():
            rows = Organization.objects.select_for_update().filter(org_id__gt=last)
            batch = dict(rows.order_by("org_id").values_list("org_id", "pk")[:_ROWS_AT_A_TIME])
            changed = _rehashed(list(batch.values()))
            Customer.objects.bulk_update(changed, ["fingerprint_hash"])
        if not batch:
            return
        last = list(batch)[-1]  # by the order of the database, which is not Python's
        yield len(batch), len(changed)


def _rehashed(keys: list[int]) -> list[Customer]:
    customers = Customer.objects.only("fingerprint_hash").in_bulk(keys)
    payloads = Payload.objects.in_bulk(keys)
    changed = []
    for key, customer in customers.items():
        payload = payloads.get(key)
        method = parse_customer(payload.decoded).payment_method if payload else None
        found = fingerprint_hash(method.fingerprint) if method else ""
        if customer.fingerprint_hash != found:
            customer.fingerprint_hash = found
            changed.append(customer)
    return changed
