"""Runs whose threads are in processes of their own: the same answers, and no way to hang."""

import multiprocessing
import os
import time
from datetime import timedelta

import pytest
from django.db import connection

from customers.models import Access, Customer, SyncRun
from customers.services import askers as askers_module
from customers.services.askers import Askers
from customers.services.crew_processes import Processes, ProcessLost
from customers.services.due import Job
from customers.services.sync import Sync
from customers.services.sync_report import Options
from tests.services.rows import make_organization, stripe_customer

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 30
ORG_IDS = [f"org-{number}" for number in range(40)]


class Unsendable(Exception):
    """Can be written by pickle and not be read again."""

    def __init__(self, one: str, two: str) -> None:
        super().__init__(one)


@pytest.fixture
def many(sandbox):
    for org_id in ORG_IDS:
        sandbox.put_org(org_id, payment=["ana", "ben"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
        make_organization(org_id)
    sandbox.set_latency(0.02)
    return sandbox


@pytest.fixture(autouse=True)
def no_process_is_left():
    yield
    assert multiprocessing.active_children() == []


def wait_until(is_so):
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def sync_of(*users, **options):
    given = {"max_age": timedelta(hours=1), "concurrency": 4, "processes": 2} | options
    return Sync(Options(tuple(user.pk for user in users), **given), "the tests")


def calls(sandbox):
    return sandbox.counts()["calls"].get("customer", {})


def test_all_are_asked_about_once_and_stored(signed_in_ana, signed_in_ben, many):
    report = sync_of(signed_in_ana, signed_in_ben).run()

    assert report.is_complete
    assert (report.due, report.checked, report.counts) == (40, 40, {"card": 40})
    assert calls(many) == {"200": 80}
    assert Access.objects.filter(state="granted").count() == 80
    assert not Customer.objects.filter(state="unchecked").exists()
    assert not Customer.objects.filter(lease_until__isnull=False).exists()


def test_no_more_are_asked_about_at_once_than_is_said(signed_in_ana, many):
    sync_of(signed_in_ana, concurrency=3).run()

    assert many.counts()["max_concurrent"] <= 3


def test_every_process_asks(signed_in_ana, many):
    seen = set()

    def look(_report):
        seen.update(process.pid for process in multiprocessing.active_children())

    many.set_latency(0.2)
    sync_of(signed_in_ana, concurrency=2).run(look)

    assert len(seen) == 2
    assert many.counts()["max_concurrent"] == 2  # one thread each


@pytest.mark.parametrize("due", [1, 2])
def test_there_are_no_more_processes_than_organizations(signed_in_ana, many, due):
    report = sync_of(signed_in_ana, processes=8, limit=due).run()

    assert report.checked == due


def test_a_session_that_ends_is_heard_of_by_all(signed_in_ana, signed_in_ben, many):
    many.expire_sessions("ana")

    report = sync_of(signed_in_ana, signed_in_ben).run()

    assert not report.is_complete
    assert report.counts == {"card": 40}
    assert calls(many)["200"] == 40
    assert calls(many)["401"] <= 4


def test_a_stopped_run_ends_with_the_counts_so_far(signed_in_ana, many):
    many.set_latency(0.1)
    sync = sync_of(signed_in_ana)

    report = sync.run(on_progress=lambda _: sync.stop())

    asked = calls(many)["200"]
    assert report.was_stopped
    assert asked < 40
    assert (report.counts, report.checked, report.failed) == ({"card": asked}, asked, 0)
    assert SyncRun.objects.get().ending == "interrupted"


def test_a_run_stops_once_the_upstream_is_down(signed_in_ana, many):
    for number in range(300):
        make_organization(f"more-{number}")
    many.set_latency(0)
    many.set_fault("500")

    report = sync_of(signed_in_ana).run()

    assert report.gave_up
    assert sum(calls(many).values()) < 100
    assert SyncRun.objects.get().ending == "gave_up"


def test_a_killed_process_ends_the_run_and_the_next_does_the_rest(signed_in_ana, many):
    many.set_latency(0.1)
    sync = sync_of(signed_in_ana)

    with pytest.raises(ProcessLost, match="was killed"):
        sync.run(on_progress=lambda _: multiprocessing.active_children()[0].kill())

    stored = Access.objects.count()
    assert sync.report.checked == stored < 40
    assert SyncRun.objects.get().ending == "interrupted"
    assert not Customer.objects.filter(lease_until__isnull=False).exists()
    assert sync_of(signed_in_ana).run().is_complete
    assert Access.objects.count() == 40


@pytest.mark.parametrize(
    ("raised", "heard_of"),
    [
        (RuntimeError("in the middle"), "in the middle"),
        (Unsendable("in the", "middle"), "Unsendable in a process that asks"),
    ],
    ids=["plain", "unsendable"],
)
def test_what_breaks_in_a_process_is_raised(signed_in_ana, many, monkeypatch, raised, heard_of):
    def fail(*_arguments):
        raise raised

    monkeypatch.setattr(askers_module, "ask", fail)

    with pytest.raises(RuntimeError, match=heard_of) as told:
        sync_of(signed_in_ana).run()

    assert "in fail" in told.value.__notes__[0]

    assert SyncRun.objects.get().ending not in ("", "complete")
    assert not Customer.objects.filter(lease_until__isnull=False).exists()


def test_what_a_process_died_of_is_raised_by_who_gives_it_more(signed_in_ana, many, monkeypatch):
    def fail(*_arguments):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(askers_module, "ask", fail)
    askers = Askers(Options((signed_in_ana.pk,), concurrency=1))
    askers.open()
    job = Job(1, ORG_IDS[0], (signed_in_ana.pk,), ())

    with Processes([1], askers) as hands:
        hands.give([job])
        wait_until(lambda: not multiprocessing.active_children())
        with pytest.raises(RuntimeError, match="in the middle") as raised:
            hands.give([job])

    assert "in fail" in raised.value.__notes__[0]


def test_a_process_that_hears_nothing_any_more_ends_the_run(signed_in_ana, many, monkeypatch):
    own = os.getpid()

    def learn(self, standing):
        if os.getpid() != own:
            raise MemoryError

    monkeypatch.setattr(Askers, "learn", learn)

    with pytest.raises(ProcessLost):
        sync_of(signed_in_ana).run()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL")
def test_a_process_whose_connection_ends_goes_on(signed_in_ana, many):
    ended = []

    def end_those_of_the_others(_report):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            ended.extend(cursor.fetchall())

    report = sync_of(signed_in_ana, max_rps=20).run(end_those_of_the_others)

    assert ended
    assert report.is_complete
    assert report.checked == 40
