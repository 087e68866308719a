"""`prune_history` removes a bounded number of rows at a time, and each batch whole."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Change, Customer
from customers.services.disclosures import pruning as disclosure_pruning
from customers.services.disclosures.log import record
from customers.services.operations import retention
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import LONG_AGO, at_the_time
from tests.helpers.rows import ago, make_change, make_customer, make_organization

DAY = 24 * 60  # minutes
KEPT, GONE = 1000 * DAY, 1100 * DAY


@pytest.fixture
def in_twos(monkeypatch):
    """Two rows per transaction."""
    monkeypatch.setattr(retention, "_ROWS", 2)
    monkeypatch.setattr(disclosure_pruning, "_BATCH", 2)


def deletions(queries):
    # PostgreSQL's prepared statements have no text here.
    told = [query["sql"] for query in queries if query["sql"]]
    return [sql for sql in told if sql.startswith("DELETE")]


def test_changes_go_a_bounded_number_at_a_time(db, in_twos):
    for number in range(2):
        organization = make_organization(f"org-{number}")
        make_customer(organization, first_checked_at=ago(1460 * DAY))
        for days in range(3):
            make_change(organization, GONE + days * DAY)

    with CaptureQueriesContext(connection) as queries:
        ran = run("prune_history")

    assert "6 changes removed" in ran.out
    assert len(deletions(queries)) == 3
    known = set(Customer.objects.values_list("first_checked_at", flat=True))
    assert all(ago(GONE + 1) < at < ago(GONE - 1) for at in known)


def test_disclosures_go_a_bounded_number_at_a_time(northwind, ana, settings, in_twos, monkeypatch):
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [Customer.objects.get()] * 5, "page")
    settings.CHANGE_RETENTION = timedelta(days=3000)

    with CaptureQueriesContext(connection) as queries:
        ran = run("prune_history")

    assert "5 disclosures removed" in ran.out
    assert len(deletions(queries)) == 3
    assert run("verify_disclosures").code == 0


def test_a_run_killed_between_two_batches_says_no_more_than_is_known(
    northwind, in_twos, monkeypatch
):
    for days in (30, 20, 10):
        make_change(northwind, GONE + days * DAY)
    delete, done = retention._delete, []

    def killed_later(rows):
        if done:
            raise KeyboardInterrupt
        done.append(delete(rows))
        return done[-1]

    with monkeypatch.context() as patched:
        patched.setattr(retention, "_delete", killed_later)
        with pytest.raises(KeyboardInterrupt):
            run("prune_history")

    assert Change.objects.count() == 3
    assert ago(GONE + 21 * DAY) < Customer.objects.get().first_checked_at < ago(GONE + 19 * DAY)
