"""PostgreSQL analyzes grown tables, and no others."""

import time

import pytest
from django.db import connection

from customers.database.statistics import learn
from customers.models import Organization

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
]
PATIENCE = 30


def make(count, prefix):
    Organization.objects.bulk_create(
        [Organization(org_id=f"{prefix}-{number}") for number in range(count)]
    )
    connection.close()  # the server updates its counters when a session ends


def of_a_table(name, column, view):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {view} WHERE relname = '{name}'")
        return cursor.fetchone()[0]


def known():
    """The number of rows the server plans for."""
    return of_a_table("customers_organization", "reltuples", "pg_class")


def wait_until_the_server_has_counted(count, name="customers_organization"):
    until = time.monotonic() + PATIENCE
    while of_a_table(name, "n_mod_since_analyze", "pg_stat_user_tables") < count:
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


@pytest.fixture
def another_schema():
    """A table in another schema with a name like the portal's."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA crm CREATE TABLE customers_orders (id int)")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA crm CASCADE")


def test_tables_of_others_are_left_alone(another_schema):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO crm.customers_orders SELECT generate_series(1, 5000)")
    connection.close()
    wait_until_the_server_has_counted(5000, "customers_orders")

    learn()

    assert of_a_table("customers_orders", "reltuples", "pg_class") == -1


def test_it_does_no_harm_if_the_server_refuses(caplog):
    make(1500, "first")
    wait_until_the_server_has_counted(1500)

    def refuse(execute, sql, *rest):
        return execute("SELECT 1 / 0" if sql.startswith("ANALYZE") else sql, *rest)

    with connection.execute_wrapper(refuse):
        learn()

    assert "did not look at its tables" in caplog.text
    assert Organization.objects.count() == 1500
