"""A process that follows a log: stopped, killed, abandoned, started twice, and beside writers."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import OperationalError, connection, connections, transaction

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.audit.exported_logs import security_events
from customers.services.audit.follow import NotThisLog, new_rows
from customers.services.audit.position import LogPosition
from customers.services.disclosures.log import record
from tests.helpers.disclosures.followers import DISCLOSURES, EVENTS, following, number_of
from tests.helpers.rows import make_customer, make_organization

pytestmark = pytest.mark.django_db(transaction=True)
BATCH, MANY = 500, 1200
WRITERS, EACH = 4, 40


class RolledBack(Exception):
    pass


@pytest.fixture
def shown(ana):
    """Adds so many entries to the disclosure log."""
    customer = make_customer(make_organization("north"))
    return lambda count: record(ana, [customer] * count, "list")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_entries_leave_as_they_are_written_until_a_signal(shown, environment, number):
    shown(3)
    with following(environment, DISCLOSURES, "--after=1") as follower:
        assert follower.numbers(2) == [2, 3]
        shown(2)
        assert follower.numbers(2) == [4, 5]

        assert follower.end(number) == (0, [], "")


def test_after_a_kill_nothing_is_missing_and_at_most_a_batch_is_repeated(
    shown, environment, tmp_path
):
    state = tmp_path / "state"
    shown(MANY)
    with following(environment, DISCLOSURES, f"--state={state}") as follower:
        before = follower.numbers(BATCH + 1)  # the second batch has been written out
        follower.process.kill()
        left = follower.process.stdout.read()
    before += [number_of(json.loads(line)) for line in left.splitlines(True) if line.endswith("\n")]

    with following(environment, DISCLOSURES, f"--state={state}") as follower:
        (first,) = follower.numbers(1)
        after = [first, *follower.numbers(MANY - first)]
        assert follower.end(signal.SIGTERM) == (0, [], "")
    assert before == list(range(1, len(before) + 1))
    assert after == list(range(first, MANY + 1))
    assert BATCH < first <= len(before) + 1

    with following(environment, DISCLOSURES, f"--state={state}") as follower:
        shown(1)
        assert follower.numbers(1) == [MANY + 1]


def test_each_event_leaves_once_and_in_order_beside_writers_that_commit_in_any_order(
    ana, environment
):
    def write(writer: int) -> None:
        for number in range(EACH):
            with suppress(RolledBack), transaction.atomic():
                record_event(SecurityEvent.Code.SIGNED_IN, user=ana)
                if number % 5 == writer:
                    raise RolledBack
        connections.close_all()

    with following(environment, EVENTS) as follower:
        (first,) = follower.numbers(1)  # that somebody exports
        with ThreadPoolExecutor(WRITERS) as pool:
            list(pool.map(write, range(WRITERS)))
        written = list(SecurityEvent.objects.order_by("pk").values_list("pk", flat=True))

        assert [first, *follower.numbers(len(written) - 1)] == written
        assert follower.end(signal.SIGTERM) == (0, [], "")
    assert len(written) == 1 + WRITERS * EACH * 4 // 5


def test_it_ends_when_nobody_reads_any_more(db, environment):
    with following(environment, DISCLOSURES, "--every=1s") as follower:
        follower.process.stdout.close()

        assert follower.process.wait() == 1
        assert follower.process.stderr.read() == ""


def test_two_processes_do_not_share_a_state(shown, environment, tmp_path):
    state = tmp_path / "state"
    shown(1)
    with following(environment, DISCLOSURES, f"--state={state}") as first:
        first.numbers(1)
        with following(environment, DISCLOSURES, f"--state={state}") as second:
            ended = second.wait()

    assert (ended.code, ended.numbers) == (1, [])
    assert f"Another process already follows with {state}." in ended.err


def test_a_database_that_comes_back_as_an_older_one_is_not_followed(ana):
    last = [record_event(SecurityEvent.Code.SIGNED_IN, user=ana) for _ in range(2)][-1]
    said = []
    batches = new_rows(security_events(), LogPosition(), said.append)
    assert [row.pk for row in next(batches)][-1] == last.pk

    with connection.execute_wrapper(gone):
        assert [list(next(batches)), list(next(batches))] == [[], []]
    number = last.pk
    last.delete()

    with pytest.raises(NotThisLog, match=f"Number {number} was exported, but the log ends with"):
        next(batches)
    assert said == ["The database is away (OperationalError); trying until it is back."]


def gone(*_: object) -> None:
    raise OperationalError("the server closed the connection unexpectedly")
