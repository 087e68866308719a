"""Security events that PostgreSQL numbers before they are committed are not passed by."""

from dataclasses import replace

import psycopg
import pytest
from django.db import connection

from customers.database.commit_order import CommitOrder
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.audit.exported_logs import security_events

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
]
INSERT = """
    INSERT INTO customers_securityevent
    (happened_at, code, username, by_name, name_hash, browser, request_id, detail)
    VALUES (now(), 'signout', '', '', '', '', '', '{}') RETURNING id
"""


@pytest.fixture
def slow():
    """A session that writes in transactions of its own."""
    with psycopg.connect(**connection.get_connection_params()) as session:
        yield session


def read(log, after):
    return [event.pk for event in log.rows_after(after.pk, 10)]


def test_an_event_waits_for_the_one_before_it(slow):
    log, last = security_events(), record_event(SecurityEvent.Code.SIGNED_OUT)
    first = slow.execute(INSERT).fetchone()[0]
    second = record_event(SecurityEvent.Code.SIGNED_OUT)

    assert read(log, last) == []
    slow.commit()

    assert read(log, last) == [first, second.pk]


def test_an_event_that_is_committed_while_the_log_is_read_is_in_its_place(slow):
    class Committing(CommitOrder):
        def settled(self, *arguments):
            slow.commit()
            return super().settled(*arguments)

    log = replace(security_events(), order=Committing("customers_securityevent"))
    last = record_event(SecurityEvent.Code.SIGNED_OUT)
    first = slow.execute(INSERT).fetchone()[0]
    second = record_event(SecurityEvent.Code.SIGNED_OUT)

    assert read(log, last) == [first, second.pk]
