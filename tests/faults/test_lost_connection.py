"""PostgreSQL ends the connection in the middle of a page, as at a restart: real, not pretended."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import close_old_connections, connection

from customers.database import retry as reconnecting
from customers.models import Customer, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.disclosures.log import record
from tests.helpers.commands import run
from tests.helpers.disclosures.followers import DISCLOSURES, EVENTS, following
from tests.helpers.rows import make_customer, make_organization
from tests.helpers.shown import PAGES, check_that_all_is_whole

pytestmark = pytest.mark.django_db(transaction=True)


def end_the_connection() -> None:
    """What an administrator or a restart does to it; returns once it is gone."""
    own = connection.connection.info.backend_pid
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [own]).fetchone() == (True,)


class Ending:
    """Ends the connection before the statement after `passed` others."""

    def __init__(self, passed: int) -> None:
        self._left = passed
        self.has_ended = False

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self._left == 0:
            self.has_ended = True
            end_the_connection()
        self._left -= 1
        return execute(*statement)


@contextmanager
def ended_after(passed: int) -> Iterator[Ending]:
    ending = Ending(passed)
    with connection.execute_wrapper(ending):
        yield ending


@pytest.mark.parametrize("page", PAGES)
def test_a_page_whose_connection_ends_says_so_and_the_next_one_has_a_new_one(desk, page):
    passed = 0
    has_ended = True

    while has_ended:
        with ended_after(passed) as ending:
            response = desk.open(page)
        close_old_connections()  # as every request does first; the test's browser leaves it out
        has_ended = ending.has_ended
        if has_ended:
            assert response.status_code == 503, f"after {passed} statements"
            assert "The database is busy" in response.content.decode()
        check_that_all_is_whole()
        passed += 3

    assert response.status_code in {200, 302}
    assert passed > 5


def test_a_sync_whose_connection_ends_once_stores_all_of_it_or_says_so(desk, monkeypatch):
    monkeypatch.setattr(reconnecting, "_PAUSES", (0.0, 0.0, 0.0))
    passed = 1  # whose credentials there are; without that manage.py ends it
    has_ended = True

    while has_ended:
        desk.have_news()
        with ended_after(passed) as ending:
            ran = run("sync_customers", "--max-age=0s", "--json")
        close_old_connections()
        has_ended = ending.has_ended
        assert ran.code == 0 or "The database was lost" in ran.err, f"after {passed} statements"
        Customer.objects.update(lease_until=None)  # what time would do
        assert run("sync_customers", "--max-age=0s").code == 0
        check_that_all_is_whole()
        desk.check_that_known_is_new()
        passed += 3

    assert ran.code == 0
    assert passed > 15


_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = %s AND usename = current_user AND pid <> %s
"""


@contextmanager
def closed_to_others() -> Iterator[None]:
    """As while the server is restarted; this test's own connection stays."""
    params = connection.get_connection_params()
    name, own = params["dbname"], connection.connection.info.backend_pid
    with psycopg.connect(**params | {"dbname": "postgres"}, autocommit=True) as admin:
        admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        try:
            admin.execute(_OTHERS, [name, own])
            yield
        finally:
            admin.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


@pytest.mark.parametrize("command", [DISCLOSURES, EVENTS])
def test_a_followed_log_goes_on_when_the_database_is_back(ana, environment, command):
    customer = make_customer(make_organization("north"))

    def write() -> None:
        record(ana, [customer], "list")
        record_event(SecurityEvent.Code.SIGNED_IN, user=ana)

    write()
    with following(environment, command) as follower:
        (first,) = follower.numbers(1)
        follower.numbers(1 if command == EVENTS else 0)  # that it is exported
        with closed_to_others():
            assert "The database is away (OperationalError)" in follower.says()

        assert follower.says() == "The database is back.\n"
        write()
        assert follower.numbers(1)[0] > first
        assert follower.end(signal.SIGTERM) == (0, [], "")
