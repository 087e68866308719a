"""Whichever statement the database refuses: the page says so, and nothing is half-written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from typing import Any

import pytest
from django.db import OperationalError, connection

from customers.dashboard.requests import session_timeout
from customers.database import retry as reconnecting
from customers.models import Customer, Note
from tests.helpers.commands import run
from tests.helpers.shown import PAGES, check_that_all_is_whole

pytestmark = pytest.mark.django_db(transaction=True)


class Refusing:
    """Lets `passed` statements through and refuses the next ones, as a lost database does."""

    def __init__(self, passed: int, refused: float) -> None:
        self._left = passed
        self._refused = refused
        self.has_refused = False

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self._left -= 1
        if self._left >= 0 or self._left < -self._refused:
            return execute(*statement)
        self.has_refused = True
        raise OperationalError("the tests refuse this")


@contextmanager
def refused_after(passed: int, refused: float = inf) -> Iterator[Refusing]:
    refusing = Refusing(passed, refused)
    with connection.execute_wrapper(refusing):
        yield refusing


@pytest.mark.parametrize("page", PAGES)
def test_a_page_may_lose_the_database_at_any_statement(desk, page):
    lose_the_database_at_each_statement(desk, page)


def test_a_page_may_lose_the_database_when_it_notes_the_visit(desk, monkeypatch):
    monkeypatch.setattr(session_timeout, "_WRITES_EVERY", -1)  # each request does

    lose_the_database_at_each_statement(desk, "first contact")


def lose_the_database_at_each_statement(desk, page):
    passed = 0
    has_refused = True

    while has_refused:
        notes = Note.objects.count()
        with refused_after(passed) as refusing:
            response = desk.open(page)
        has_refused = refusing.has_refused
        if has_refused:
            assert response.status_code == 503, f"after {passed} statements"
            assert "The database is busy" in response.content.decode()
            assert Note.objects.count() == notes
        check_that_all_is_whole()
        passed += 1

    assert response.status_code in {200, 302}
    assert passed > 5


@pytest.mark.parametrize("refused", [1, inf], ids=["for a moment", "for good"])
def test_a_sync_may_lose_the_database_at_any_statement(desk, monkeypatch, refused):
    monkeypatch.setattr(reconnecting, "_PAUSES", (0.0, 0.0, 0.0))
    passed = 1  # whose credentials there are; without that manage.py ends it
    has_refused = True

    while has_refused:
        desk.have_news()
        with refused_after(passed, refused) as refusing:
            ran = run("sync_customers", "--max-age=0s", "--json")
        has_refused = refusing.has_refused
        assert ran.code == 0 or "The database was lost" in ran.err, f"after {passed} statements"
        assert ran.object["checked"] in {0, 1}
        Customer.objects.update(lease_until=None)  # what time would do
        assert run("sync_customers", "--max-age=0s").code == 0
        check_that_all_is_whole()
        desk.check_that_known_is_new()
        passed += 3

    assert ran.code == 0
    assert passed > 15
