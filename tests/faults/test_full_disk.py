"""SQLite on a full disk: what does not fit is not there at all, and fits once there is room."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from customers.database import retry as reconnecting
from tests.helpers.commands import run
from tests.helpers.shown import ASKING, check_that_all_is_whole, stored

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def full_disk() -> Iterator[None]:
    """The file may not grow, as on a disk without room; SQLite says the same of both."""
    with connection.cursor() as cursor:
        most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("VACUUM")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA max_page_count = {most}")


@pytest.mark.parametrize("page", ASKING)
def test_a_page_whose_answer_does_not_fit_says_so_and_has_changed_nothing(desk, page):
    before = stored()

    with full_disk():
        response = desk.open(page)

        assert response.status_code == 503
        assert "The database is busy" in response.content.decode()
        assert stored() == before


@pytest.mark.parametrize("page", ASKING)
def test_once_there_is_room_the_same_page_does_all_of_it(desk, page):
    with full_disk():
        desk.open(page)

    assert desk.open(page, follow=True).status_code == 200
    check_that_all_is_whole()


def test_a_sync_whose_answers_do_not_fit_ends_with_counts_and_loses_nothing(desk, monkeypatch):
    monkeypatch.setattr(reconnecting, "_PAUSES", ())
    desk.have_news()

    with full_disk():
        before = stored()
        ran = run("sync_customers", "--max-age=0s", "--json")

        assert ran.code == 1
        assert ran.object["checked"] == 0
        assert "The database was lost" in ran.err
        assert stored() == before

    assert run("sync_customers", "--max-age=0s").code == 0
    check_that_all_is_whole()
    desk.check_that_known_is_new()
