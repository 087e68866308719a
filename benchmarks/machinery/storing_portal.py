"""The portal's side of `benchmarks.storing`: what a sync stores after the upstream answered."""

import json
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.utils import timezone

from benchmarks.machinery.payloads import AFTERWARDS, AT_FIRST, bodies
from benchmarks.machinery.taken import Taken, take
from customers.models import Access, Change, Customer, Organization, Payload
from customers.services.checking.outcome import Outcome, Result
from customers.services.checking.store import store
from customers.services.credentials.store import Opened, open_credentials, save_pasted
from customers.services.sync.runner import STORED_AT_ONCE
from customers.upstream.client import CustomerAnswer
from customers.upstream.stripe.stripe_customer import parse_customer


def measure(rows: int) -> list[Taken]:
    asked_with = _credentials()
    org_ids = [f"organization-{number:07}" for number in range(rows)]
    Organization.objects.bulk_create(
        [Organization(org_id=org_id, name=org_id) for org_id in org_ids], batch_size=1000
    )
    taken = [_store(org_ids, asked_with, balance) for balance in (AT_FIRST, AFTERWARDS)]
    _refuse_unless_stored(rows)
    return taken


def _credentials() -> Opened:
    user = User.objects.create(username="benchmark", is_staff=True)
    save_pasted(user, "browser benchmarks.invalid 0123456789abcdef", "a token")
    return open_credentials(user.pk)


def _store(org_ids: Sequence[str], asked_with: Opened, balance: int) -> Taken:
    received = list(zip(org_ids, bodies(len(org_ids), balance), strict=True))

    def store_all() -> None:
        for start in range(0, len(received), STORED_AT_ONCE):
            batch = received[start : start + STORED_AT_ONCE]
            store([outcome(org_id, asked_with, body) for org_id, body in batch])

    return take(len(received), store_all)


def outcome(org_id: str, asked_with: Opened, body: bytes) -> Outcome:
    """The outcome of a check just now."""
    answer = CustomerAnswer(parse_customer(json.loads(body)), body)
    now = timezone.now()
    return Outcome(org_id, asked_with, Result.ANSWERED, now, now, answer)


def _refuse_unless_stored(rows: int) -> None:
    """Each organization has an answer, a payload, a proof of access and one change."""
    stored = {
        "customers": Customer.objects.filter(state=Customer.State.CARD, balance=AFTERWARDS),
        "payloads": Payload.objects.all(),
        "proofs": Access.objects.filter(state=Access.State.GRANTED),
        "changes": Change.objects.all(),
    }
    counts = {name: found.count() for name, found in stored.items()}
    if set(counts.values()) != {rows}:
        raise RuntimeError(f"Of {rows} organizations there are stored: {counts}")
