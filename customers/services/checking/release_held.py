"""Release answers that were held: they become the last answers, and what changed is seen now."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.database.bulk_write import insert
from customers.database.key_parameters import among
from customers.models import Change, Customer, HeldAnswer, Organization, Payload, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.checking.interpret import interpret
from customers.services.checking.write_rows import change_between, write_answers, write_payloads
from customers.upstream.client import CustomerAnswer
from customers.upstream.stripe.stripe_customer import NOT_SET_UP, parse_customer

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class _Released:
    answer: CustomerAnswer
    asked_at: datetime
    answered_at: datetime
    user_id: int | None
    seen_at: datetime


def accept_mass_change(user: AbstractBaseUser) -> int:
    """Release all answers that are held, on the word of `user`; returns how many."""
    with transaction.atomic():
        count = release_held(HeldAnswer.objects.filter(is_held=True))
        if count:
            detail = {"organizations": count}
            record_event(SecurityEvent.Code.MASS_CHANGE_ACCEPTED, user=user, detail=detail)
    return count


def release_held(held: QuerySet[HeldAnswer]) -> int:
    """In batches, each in one transaction; returns how many."""
    keys = list(held.order_by("customer__organization__org_id").values_list("pk", flat=True))
    batches = (keys[first : first + _AT_ONCE] for first in range(0, len(keys), _AT_ONCE))
    return sum(_release_some(held, batch) for batch in batches)


def _release_some(held: QuerySet[HeldAnswer], keys: Collection[int]) -> int:
    with transaction.atomic():
        # Locked as by store(), which may have released some meanwhile.
        locked = Organization.objects.select_for_update().filter(pk__in=among(keys))
        list(locked.order_by("org_id").values_list("pk"))
        rows = list(held.order_by().filter(pk__in=among(keys)))
        _write(rows)
        HeldAnswer.objects.filter(pk__in=among(row.pk for row in rows)).delete()
    return len(rows)


def _write(rows: Sequence[HeldAnswer]) -> None:
    now = timezone.now()
    keys = among(row.customer_id for row in rows)
    stored = {row.organization_id: row for row in Customer.objects.filter(pk__in=keys)}
    answers: dict[int, Customer] = {}
    payloads: dict[int, bytes] = {}
    changes: list[Change] = []
    for row in rows:
        before, released = stored[row.customer_id], _answer_of(row, now)
        after = answers[row.customer_id] = interpret(released, before)
        payloads[row.customer_id] = released.answer.body
        changes += change_between(before, after)
    write_answers(stored, answers)
    write_payloads(payloads)
    insert(changes)


def _answer_of(row: HeldAnswer, now: datetime) -> _Released:
    body = Payload(compressed=row.compressed).body
    customer = parse_customer(json.loads(body)) if body else NOT_SET_UP
    answer = CustomerAnswer(customer, body)
    return _Released(answer, row.asked_at, row.answered_at, row.asked_with_id, now)
