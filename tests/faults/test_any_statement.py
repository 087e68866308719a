"""Whichever statement the database refuses: the page says so, and nothing is half-written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from customers.models import Note
from tests.faults.shown import PAGES, check_that_all_is_whole

pytestmark = pytest.mark.django_db(transaction=True)


class Refusing:
    """Lets `passed` statements through and refuses all from then on, as a lost database does."""

    def __init__(self, passed: int) -> None:
        self._left = passed
        self.has_refused = False

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if self._left == 0:
            self.has_refused = True
            raise OperationalError("the tests refuse this")
        self._left -= 1
        return execute(*statement)


@contextmanager
def refused_after(passed: int) -> Iterator[Refusing]:
    refusing = Refusing(passed)
    with connection.execute_wrapper(refusing):
        yield refusing


@pytest.mark.parametrize("page", PAGES)
def test_a_page_may_lose_the_database_at_any_statement(desk, page):
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
