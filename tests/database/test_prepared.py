"""A query that is put into SQL once answers like one that is built each time."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection, transaction
from django.db.models import BigIntegerField, CharField, DateTimeField

from customers.database.prepared import Given, Prepared
from customers.models import Customer, Organization
from tests.helpers.rows import ago, make_customer, make_organization


@pytest.fixture
def named():
    """A prepared query of the customers with a name, and how often it was built."""

    def build():
        built.append(1)
        return Customer.objects.filter(
            organization__org_id=Given("org_id", CharField()),
            checked_at__gte=Given("since", DateTimeField()),
        ).select_related("organization")

    built = []
    return Prepared(build), built


def test_it_is_asked_with_other_values_each_time_and_built_once(
    db, named, django_assert_num_queries
):
    prepared, built = named
    first = make_customer(make_organization("first"), checked_at=ago(5))
    make_customer(make_organization("second"), checked_at=ago(50))

    with django_assert_num_queries(4):
        assert prepared.ask(org_id="first", since=ago(10)) == [first]
        assert prepared.ask(org_id="second", since=ago(10)) == []
        (second,) = prepared.ask(org_id="second", since=ago(60))
        assert prepared.ask(org_id="'; --", since=ago(60)) == []
        assert second.organization.org_id == "second"
    assert built == [1]


def test_it_reads_what_is_stored_now(db, named):
    prepared, _ = named
    customer = make_customer(make_organization("first"), checked_at=ago(5))
    before = prepared.ask(org_id="first", since=ago(10))[0]

    Customer.objects.update(last4="1881", checked_at=ago(1))
    (now,) = prepared.ask(org_id="first", since=ago(10))

    assert (before.last4, now.last4) == (customer.last4, "1881")
    assert now.checked_at > before.checked_at


def test_values_and_lists_of_them_come_as_they_would(db):
    keys = Prepared(
        lambda: (
            Organization.objects.filter(pk__gt=Given("after", BigIntegerField()))
            .order_by("org_id")
            .values_list("org_id", flat=True)[:2]
        )
    )
    first, *_others = (make_organization(org_id) for org_id in ("a", "b", "c", "d"))

    assert keys.ask(after=first.pk) == ["b", "c"]
    assert keys.ask(after=first.pk - 1) == ["a", "b"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans no query twice")
def test_what_is_asked_by_key_is_planned_once_and_nothing_else(db):
    def by_org_id(**how):
        return Prepared(
            lambda: Organization.objects.filter(org_id=Given("org_id", CharField())), **how
        )

    def planned():
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            return [statement for (statement,) in cursor.fetchall()]

    first, second = make_organization("first"), make_organization("second")
    keyed, other, before = by_org_id(by_key=True), by_org_id(), len(planned())

    assert [keyed.ask(org_id=org_id) for org_id in ("first", "second", "'; --")] == [
        [first],
        [second],
        [],
    ]
    assert other.ask(org_id="first") == [first]
    assert len(planned()) == before + 1


def test_it_can_be_asked_again_after_a_transaction_that_failed(db):
    by_key = Prepared(
        lambda: Organization.objects.filter(pk=Given("pk", BigIntegerField())), by_key=True
    )
    first = make_organization("first")

    with suppress(ZeroDivisionError), transaction.atomic():
        assert by_key.ask(pk=first.pk) == [first]
        _ = 1 / 0

    assert by_key.ask(pk=first.pk) == [first]


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(named):
    prepared, _ = named
    make_customer(make_organization("first"), checked_at=ago(5))
    prepared.ask(org_id="first", since=ago(10))

    def ask_elsewhere():
        try:
            with connection.execute_wrapper(note):
                return prepared.ask(org_id="first", since=ago(10))
        finally:
            connection.close()

    def note(execute, sql, params, many, context):
        used.append(context["connection"])
        return execute(sql, params, many, context)

    used = []
    with ThreadPoolExecutor(1) as pool:
        assert len(pool.submit(ask_elsewhere).result()) == 1
    assert len(used) == 1
