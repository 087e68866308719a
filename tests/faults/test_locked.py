"""SQLite while another process holds its write lock: a page waits a while, and then says so."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from customers.database import retry as reconnecting
from customers.models import Disclosure
from tests.helpers.commands import run
from tests.helpers.shown import check_that_all_is_whole, stored

pytestmark = pytest.mark.django_db(transaction=True)

WRITING_PAGES = ["first contact", "cached answer", "check now", "check selected", "write a note"]
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def another_process_writes() -> Iterator["subprocess.Popen[str]"]:
    """The write lock is held until the process is told to end, or the block ends."""
    command = [sys.executable, "-c", HOLD, str(connection.settings_dict["NAME"])]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture
def impatient(desk, monkeypatch):
    """A database that is given up on after a moment rather than after many seconds."""
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.05)
    monkeypatch.setattr(reconnecting, "_PAUSES", (0.0, 0.0, 0.0))
    connection.close()
    yield desk
    connection.close()


@pytest.mark.parametrize("page", ["first contact", "cached answer"])
def test_a_page_waits_for_a_short_write_of_another_process(desk, page):
    with another_process_writes() as other:
        threading.Timer(0.3, other.kill).start()

        response = desk.open(page)

    assert response.status_code == 200
    assert "Visa ••••" in response.content.decode()


@pytest.mark.parametrize("page", WRITING_PAGES)
def test_a_page_that_waited_too_long_says_so_and_has_changed_nothing(impatient, page):
    before = stored()

    with another_process_writes():
        response = impatient.open(page)

    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "The database is busy" in response.content.decode()
    assert stored() == before
    assert impatient.open(page, follow=True).status_code == 200
    check_that_all_is_whole()


def test_what_was_not_recorded_as_seen_is_not_shown(impatient):
    seen = Disclosure.objects.count()

    with another_process_writes():
        response = impatient.open("cached answer")

    assert "••••" not in response.content.decode()
    assert Disclosure.objects.count() == seen


def test_a_page_that_only_reads_does_not_wait(impatient):
    with another_process_writes():
        response = impatient.open("overview")

    assert response.status_code == 200


def test_a_sync_waits_for_a_short_write_of_another_process(desk):
    desk.have_news()
    with another_process_writes() as other:
        threading.Timer(0.3, other.kill).start()

        ran = run("sync_customers", "--max-age=0s", "--json")

    assert ran.code == 0, ran.err
    assert ran.object["outcomes"] == {"card": 1}


def test_a_sync_that_waited_too_long_ends_with_counts_and_the_next_does_the_rest(impatient):
    impatient.have_news()
    before = stored()

    with another_process_writes():
        ran = run("sync_customers", "--max-age=0s", "--json")

    assert ran.code == 1
    assert ran.object["checked"] == 0
    assert "The database was lost" in ran.err
    assert stored() == before
    assert run("sync_customers", "--max-age=0s").code == 0
    check_that_all_is_whole()
