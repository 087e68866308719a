"""Keys that PostgreSQL hands out before their rows are committed."""

from contextlib import contextmanager

import psycopg
import pytest
from django.contrib.auth.models import Group
from django.db import connection

from customers.database.commit_order import CommitOrder

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
]


@contextmanager
def another_session():
    with psycopg.connect(**connection.get_connection_params()) as other:
        yield other


def insert(session, name):
    inserted = session.execute(
        "INSERT INTO auth_group (name) VALUES (%s) RETURNING id", [name]
    ).fetchone()
    return inserted[0]


def keys_after(number):
    return list(Group.objects.filter(pk__gt=number).order_by("pk").values_list("pk", flat=True))


@pytest.fixture
def last():
    return Group.objects.create(name="the last that was read").pk


@pytest.fixture
def order():
    return CommitOrder("auth_group")


def test_nothing_passes_by_a_row_that_is_yet_to_be_committed(last, order):
    with another_session() as slow:
        first = insert(slow, "first")
        second = Group.objects.create(name="second").pk

        assert order.settled(last, keys_after(last)) == last
        slow.commit()

    assert keys_after(last) == [first, second]


def test_what_stands_before_the_gap_is_settled(last, order):
    before = Group.objects.create(name="before").pk
    with another_session() as slow:
        insert(slow, "slow")
        Group.objects.create(name="after")

        assert order.settled(last, keys_after(last)) == before


def test_a_gap_that_a_rollback_left_holds_up_nothing(last, order):
    with another_session() as other:
        insert(other, "never")
        other.rollback()
    after = Group.objects.create(name="after").pk

    assert order.settled(last, keys_after(last)) == after


def test_later_writers_do_not_hold_up_what_was_waited_for(last, order):
    with another_session() as slow, another_session() as later:
        insert(slow, "slow")
        second = Group.objects.create(name="second").pk
        assert order.settled(last, keys_after(last)) == last
        insert(later, "later")
        slow.rollback()

        assert order.settled(last, keys_after(last)) == second


def test_readers_and_other_tables_hold_up_nothing(last, order):
    with another_session() as other:
        other.execute("SELECT * FROM auth_group")
        other.execute("UPDATE auth_user SET is_staff = false")
        with another_session() as gone:
            insert(gone, "never")
            gone.rollback()
        after = Group.objects.create(name="after").pk

        assert order.settled(last, keys_after(last)) == after


def test_where_rows_went_meanwhile_it_goes_on(last, order):
    with another_session() as gone:
        insert(gone, "never")
        gone.rollback()
    removed = Group.objects.create(name="removed")
    assert order.settled(last, keys_after(last)) == removed.pk
    removed.delete()
    after = Group.objects.create(name="after").pk

    assert order.settled(last, keys_after(last)) == after
