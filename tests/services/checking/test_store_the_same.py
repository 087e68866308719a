"""Storing what says the same as before: the times move on, and nothing else is written."""

import json
import zlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Access, Customer, Payload
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, make_organization, refused, stripe_customer


@pytest.fixture
def many(anas):
    """More than the fewest that are copied into PostgreSQL."""
    rows = [make_organization(f"org-{number:02}") for number in range(30)]
    store([_answer(row.org_id, anas, 9) for row in rows])
    return rows


def _answer(org_id, asked_with, minutes, **changes):
    changes = {"id": f"cus_{org_id}", **changes}
    return answered(org_id, asked_with, ago(minutes), stripe_customer(**changes))


def test_the_times_of_each_move_on_and_its_facts_stay(many, ana, anas):
    facts = ("customer_id", "state", "last4", "expires_on", "changed_at", "first_checked_at")
    before = list(Customer.objects.order_by("pk").values_list("pk", *facts))
    again = [_answer(row.org_id, anas, 5) for row in many]

    store(again)

    assert list(Customer.objects.order_by("pk").values_list("pk", *facts)) == before
    times = Customer.objects.order_by("pk").values_list("asked_at", "checked_at", "attempted_at")
    asked = [(each.asked_at, each.answered_at, each.asked_at) for each in again]
    assert list(times) == asked
    proofs = Access.objects.filter(user=ana).order_by("organization_id")
    assert list(proofs.values_list("proved_at", flat=True)) == [each.asked_at for each in again]


def test_only_times_are_written_of_what_says_the_same(many, anas):
    with CaptureQueriesContext(connection) as asked:
        store([_answer(row.org_id, anas, 5) for row in many])

    written = [query["sql"] for query in asked if "INSERT INTO" in query["sql"]]
    assert not [sql for sql in written if '"customers_customer"' in sql or "payload" in sql]


def test_a_body_that_differs_where_no_column_does_is_kept(many, anas):
    store([_answer(many[3].org_id, anas, 5, phone="+1 414 555 0100")])

    assert Payload.objects.get(customer_id=many[3].pk).decoded["phone"] == "+1 414 555 0100"


def test_a_body_that_is_the_same_is_not_written_again(many, anas):
    kept = Payload.objects.get(customer_id=many[3].pk)
    otherwise = zlib.compress(kept.body, level=9)
    Payload.objects.filter(pk=kept.pk).update(compressed=otherwise)

    store([_answer(many[3].org_id, anas, 5)])

    assert bytes(Payload.objects.get(pk=kept.pk).compressed) == otherwise


def test_what_differs_in_a_batch_is_written_beside_what_does_not(many, anas):
    changed = [_answer(row.org_id, anas, 5, delinquent=True) for row in many[:25]]
    same = [_answer(row.org_id, anas, 5) for row in many[25:]]

    store([*changed, *same])

    rows = list(Customer.objects.order_by("organization__org_id"))
    assert [row.delinquent for row in rows] == [True] * 25 + [False] * 5
    assert [row.checked_at for row in rows] == [each.answered_at for each in (*changed, *same)]
    assert json.loads(Payload.objects.get(pk=many[0].pk).body)["delinquent"] is True


def test_failures_of_many_keep_the_answers_and_are_cleared_by_the_same_ones(many, anas):
    failed = [refused(row.org_id, anas, ago(7), Result.UNAVAILABLE) for row in many]

    store(failed)

    assert Customer.objects.exclude(last_error_code="").count() == len(many)
    assert Customer.objects.filter(failing_since=failed[0].asked_at).exists()
    assert Customer.objects.filter(last4="4242").count() == len(many)

    store([_answer(row.org_id, anas, 5) for row in many])

    assert not Customer.objects.exclude(last_error_code="").exists()
    assert not Customer.objects.filter(failing_since__isnull=False).exists()
