"""A sync is stopped or killed, and the next run finishes the work."""

import json
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest

ORGANIZATIONS = 80
SLOW = 0.2
PATIENCE = 60
FEW = ("--concurrency=4",)


@pytest.fixture
def ready(portal, sandbox):
    """Imported organizations, and a slow upstream that Ana may ask."""
    assert portal.import_all().code == 0
    assert portal.set_credentials("ana").code == 0
    sandbox.set_latency(SLOW)
    return portal


def calls(sandbox):
    return sum(sandbox.counts()["calls"].get("customer", {}).values())


def wait_for_calls(sandbox, number):
    until = time.monotonic() + PATIENCE
    while calls(sandbox) < number:
        assert time.monotonic() < until, "the sync never asked"
        time.sleep(0.02)


def query(portal, sql):
    with closing(sqlite3.connect(portal.database, timeout=PATIENCE)) as connection, connection:
        return connection.execute(sql).fetchall()


def proved(portal):
    return query(portal, "SELECT count(*) FROM customers_access")[0][0]


def granted_without_an_answer(portal):
    return query(
        portal,
        "SELECT organization_id FROM customers_access JOIN customers_customer"
        " USING (organization_id)"
        " WHERE customers_access.state = 'granted' AND customers_customer.state = 'unchecked'",
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("send", [os.kill, os.killpg], ids=["to one", "to all"])
def test_a_stopped_sync_ends_with_counts_and_the_next_does_the_rest(ready, sandbox, number, send):
    sync = ready.start("sync_customers", *FEW, "--json")
    wait_for_calls(sandbox, 8)

    send(sync.pid, number)
    out, err = sync.communicate(timeout=PATIENCE)

    report = json.loads(out.splitlines()[-1])
    assert sync.returncode == 1
    assert report["stopped"] is True
    assert 0 < report["checked"] < report["due"] == ORGANIZATIONS
    assert f"Stopped after {report['checked']} of {ORGANIZATIONS}; the next run does" in err
    assert "Traceback" not in err
    assert query(ready, "SELECT ending FROM customers_syncrun") == [("interrupted",)]
    assert query(ready, "SELECT 1 FROM customers_customer WHERE lease_until IS NOT NULL") == []

    sandbox.set_latency(0)
    again = ready.run("sync_customers", "--json")

    assert again.code == 0
    assert proved(ready) == ORGANIZATIONS
    assert calls(sandbox) == ORGANIZATIONS


def test_a_stopped_sync_counts_as_checked_only_what_was_asked(ready, sandbox):
    sync = ready.start("sync_customers", *FEW, "--json")
    wait_for_calls(sandbox, 8)

    sync.send_signal(signal.SIGTERM)
    out, _ = sync.communicate(timeout=PATIENCE)

    report = json.loads(out.splitlines()[-1])
    assert report["stopped"] is True
    assert report["checked"] == calls(sandbox) == proved(ready)
    assert report["failed"] == 0


def test_a_stopped_sync_says_its_counts_in_words(ready, sandbox):
    sync = ready.start("sync_customers", "--concurrency=4")
    wait_for_calls(sandbox, 8)

    sync.send_signal(signal.SIGTERM)
    out, _ = sync.communicate(timeout=PATIENCE)

    assert f" of {ORGANIZATIONS} due checked in " in out.splitlines()[-1]


def test_the_run_after_a_kill_does_what_is_left_at_once(ready, sandbox):
    sync = ready.start("sync_customers", *FEW)
    wait_for_calls(sandbox, 12)

    sync.kill()
    sync.communicate(timeout=PATIENCE)
    stored = proved(ready)
    assert stored < ORGANIZATIONS
    sandbox.set_latency(0)
    before = calls(sandbox)
    again = ready.run("sync_customers", "--json")

    assert again.code == 0
    assert proved(ready) == ORGANIZATIONS
    assert granted_without_an_answer(ready) == []
    # Calls in flight when it was killed; the sandbox counts them when it answers.
    assert calls(sandbox) - before <= ORGANIZATIONS - stored + 4
    endings = query(ready, "SELECT ending FROM customers_syncrun ORDER BY id")
    assert endings == [("lost",), ("complete",)]


def test_two_runs_at_once_share_the_work(ready, sandbox):
    sandbox.set_latency(0.05)
    runs = [ready.start("sync_customers", "--concurrency=2", "--json") for _ in range(2)]

    ends = [run.communicate(timeout=PATIENCE) for run in runs]

    assert [run.returncode for run in runs] == [0, 0], ends
    assert proved(ready) == ORGANIZATIONS
    assert calls(sandbox) == ORGANIZATIONS


def test_a_run_waits_for_what_a_living_run_has_claimed(ready, sandbox):
    sandbox.set_latency(0.5)
    first = ready.start("sync_customers", "--concurrency=4", "--json")
    wait_for_calls(sandbox, 1)

    second = ready.run("sync_customers", "--json")

    assert (second.code, second.object["checked"]) == (0, 0)
    assert proved(ready) == calls(sandbox) == ORGANIZATIONS
    out, err = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0, err
    assert json.loads(out.splitlines()[-1])["checked"] == ORGANIZATIONS
