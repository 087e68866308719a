"""Many people who may see the same organizations: their proofs, the size of these, and changes."""

from collections.abc import Callable
from itertools import islice

from django.contrib.auth.models import User
from django.db import connection

from benchmarks.machinery.filling import tidy
from benchmarks.machinery.payloads import AFTERWARDS, bodies
from benchmarks.machinery.storing_portal import outcome
from customers.models import Access, Organization
from customers.services.checking.store import store
from customers.services.credentials.store import open_credentials
from customers.services.sync.runner import STORED_AT_ONCE


def admit(people: int) -> None:
    """Give users the proofs of the first one, until `people` have them."""
    users = [User(pk=pk, username=f"person-{pk}", is_staff=True) for pk in range(2, people + 1)]
    User.objects.bulk_create(users)
    columns = "organization_id, state, proved_at, customer_sent_at"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO customers_access (user_id, {columns}) SELECT other.id, {columns} "
            "FROM customers_access CROSS JOIN auth_user AS other WHERE other.id > 1 "
            "ORDER BY other.id, organization_id"
        )
    tidy()


def bytes_per_proof() -> float:
    """Bytes per proof in the table and its indexes, on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('customers_access')")
        (size,) = cursor.fetchone() or (0,)
    return float(size) / Access.objects.count()


def changed_answers(user: User, batches: int) -> Callable[[], None]:
    """Store a batch of changed answers: of other organizations each time, until all had a turn."""
    asked_with = open_credentials(user.pk)
    org_ids = list(Organization.objects.order_by("pk").values_list("org_id", flat=True))
    count = batches * STORED_AT_ONCE
    turns = range(-(-count // len(org_ids)))
    received = (
        outcome(org_id, asked_with, body)
        for turn in turns
        for org_id, body in zip(org_ids, bodies(len(org_ids), AFTERWARDS + turn), strict=True)
    )
    answers = list(islice(received, count))
    places = iter(range(0, count, STORED_AT_ONCE))

    def store_batch() -> None:
        place = next(places)
        store(answers[place : place + STORED_AT_ONCE])

    return store_batch
