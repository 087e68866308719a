"""What people do waits for no answer that is being stored, nor the other way round."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from customers.models import Customer, Watch
from customers.services.checking.store import store
from customers.services.watching.watches import watch
from tests.helpers.rows import ago, answered, show, stripe_customer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
]
_WAITING = (
    "SELECT COUNT(*) FROM pg_stat_activity"
    " WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def test_watching_waits_for_no_answer_that_is_being_stored(ana, anas):
    """A commit that waited for the organization, while storing waited for the user, was a
    deadlock."""
    customer = show(ana, "northwind")
    changed = answered("northwind", anas, ago(0), stripe_customer(delinquent=True))

    with (
        ThreadPoolExecutor(1) as pool,
        psycopg.connect(**connection.get_connection_params()) as session,
    ):
        session.execute("SELECT * FROM customers_customer FOR UPDATE")
        storing = pool.submit(stored_in_a_connection_of_its_own, changed)
        with connection.cursor() as cursor:
            while cursor.execute(_WAITING).fetchone() == (0,):
                time.sleep(0.01)
            cursor.execute("SET lock_timeout = '2s'")
        watch(ana, [customer.pk])
        session.rollback()
        storing.result()

    assert Watch.objects.get().organization_id == customer.pk
    assert Customer.objects.get().delinquent


def stored_in_a_connection_of_its_own(outcome):
    try:
        store([outcome])
    finally:
        connection.close()
