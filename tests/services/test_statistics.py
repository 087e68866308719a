"""PostgreSQL learns what the tables hold once they have grown, and is left alone otherwise."""

import time

import pytest
from django.db import connection

from customers.models import Organization
from customers.services.statistics import learn

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
]
PATIENCE = 30


def make(count, prefix):
    Organization.objects.bulk_create(
        [Organization(org_id=f"{prefix}-{number}") for number in range(count)]
    )
    connection.close()  # with its end, the server counts what was written


def of_the_organizations(column, view):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {view} WHERE relname = 'customers_organization'")
        return cursor.fetchone()[0]


def known():
    """How many rows the server plans for."""
    return of_the_organizations("reltuples", "pg_class")


def wait_until_the_server_has_counted(count):
    until = time.monotonic() + PATIENCE
    while of_the_organizations("n_mod_since_analyze", "pg_stat_user_tables") < count:
        assert time.monotonic() < until, "the server counts nothing (track_counts)"
        time.sleep(0.05)


def test_the_server_learns_of_a_table_that_has_more_than_doubled():
    make(1500, "first")
    wait_until_the_server_has_counted(1500)
    learn()
    assert known() == 1500

    make(3000, "second")
    wait_until_the_server_has_counted(3000)
    learn()
    assert known() == 4500


def test_a_table_that_has_grown_by_less_is_left_alone():
    make(1500, "first")
    wait_until_the_server_has_counted(1500)
    learn()

    make(2000, "second")
    wait_until_the_server_has_counted(2000)
    learn()

    assert known() == 1500
