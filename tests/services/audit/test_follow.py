"""Where a followed log begins, and when it is not the log that was followed."""

from dataclasses import replace

import pytest

from customers.models import Disclosure, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.audit.exported_logs import disclosure_log, event_line, security_events
from customers.services.audit.follow import NotThisLog, new_rows
from customers.services.audit.position import (
    LogPosition,
    Unusable,
    held,
    read_position,
    write_position,
)
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.helpers.disclosures.disclosure_log import fill_log
from tests.helpers.rows import ago, make_customer

START = LogPosition()


@pytest.fixture
def log(ana, northwind, monkeypatch):
    """Entries 3 to 7; retention removed 1 and 2, which 5 records."""
    fill_log(ana, make_customer(northwind), monkeypatch)
    return disclosure_log()


def first_batch(log, start):
    """Its numbers, and what was said."""
    said = []
    rows = next(new_rows(log, start, said.append))
    return [row.pk for row in rows], said


def position_of(number):
    return disclosure_log().position_of(Disclosure.objects.get(pk=number))


def test_removals_leave_in_the_order_of_the_chain(log):
    rows = next(new_rows(log, START, pytest.fail))

    assert [(row.pk, row.where) for row in rows] == [
        (3, "list"),
        (4, "list"),
        (5, "pruned"),
        (6, "page"),
        (7, "export"),
    ]


@pytest.mark.parametrize(
    ("number", "expected", "said"),
    [
        (0, [3, 4, 5, 6, 7], []),
        (1, [3, 4, 5, 6, 7], ["Numbers 2 to 2 were removed before they were exported."]),
        (2, [3, 4, 5, 6, 7], []),
        (5, [6, 7], []),
        (7, [], []),
    ],
)
def test_it_goes_on_after_a_number_and_says_what_has_gone(log, number, expected, said):
    assert first_batch(log, LogPosition(number)) == (expected, said)


def test_a_log_that_ends_before_the_number_is_another(log):
    with pytest.raises(NotThisLog, match="Number 8 was exported, but the log ends with 7"):
        first_batch(log, LogPosition(8))


def test_a_log_with_another_entry_under_the_number_is_another(log):
    assert first_batch(log, position_of(6)) == ([7], [])

    with pytest.raises(NotThisLog, match="Number 6 is not the entry that was exported"):
        first_batch(log, replace(position_of(6), mark="00"))


def test_an_empty_batch_says_that_there_is_nothing_new_yet(log, ana, northwind):
    batches = new_rows(log, position_of(7), pytest.fail)

    assert [list(next(batches)), list(next(batches))] == [[], []]


def test_each_batch_goes_on_where_the_last_ended(db):
    # Without a gap before the first: this transaction is open, and could still fill it.
    for key in range(1, 1002):
        SecurityEvent(pk=key, code="signout", happened_at=ago(1)).save(force_insert=True)
    batches = new_rows(security_events(), START, pytest.fail)

    sizes = [len(next(batches)) for _ in range(4)]

    assert sizes == [500, 500, 1, 0]


@pytest.mark.parametrize(("minutes", "expected"), [(10, 0), (4, 1), (0, 2)])
def test_a_time_stands_for_the_entries_before_it(db, minutes, expected):
    for passed in (5, 3):
        SecurityEvent(code="signout", happened_at=ago(passed)).save()
    keys = [0, *SecurityEvent.objects.order_by("pk").values_list("pk", flat=True)]

    start = security_events().position_before(ago(minutes))

    assert len([key for key in keys[1:] if key <= start.number]) == expected


def test_a_position_is_kept_in_a_file(tmp_path):
    file = tmp_path / "state"
    assert read_position(file) is None

    for position in (LogPosition(1, "ab"), LogPosition(2, "cd")):
        write_position(file, position)
        assert read_position(file) == position

    assert [path.name for path in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("content", ["", "7", '{"number": "x", "mark": ""}', '{"number": 7}', "[]"])
def test_a_file_that_holds_something_else_is_never_taken_for_a_position(tmp_path, content):
    file = tmp_path / "state"
    file.write_text(content)

    with pytest.raises(Unusable, match="does not hold a position"):
        read_position(file)


def test_a_place_that_cannot_be_written_is_said(tmp_path):
    missing = tmp_path / "missing" / "state"

    with pytest.raises(Unusable, match="No such file or directory"):
        write_position(missing, START)
    with pytest.raises(Unusable, match="No such file or directory"), held(missing):
        pass


def test_a_file_is_for_one_process_at_a_time(tmp_path):
    file = tmp_path / "state"

    with held(file), pytest.raises(Unusable, match="Another process"), held(file):
        pass
    with held(file):
        pass


def test_the_line_of_an_event(ana, ben):
    with asked_from(Origin("192.0.2.7", "", "nightly", "Firefox, Linux", "request-1", ben)):
        event = record_event(SecurityEvent.Code.SIGNED_IN, user=ana, detail={"new_browser": True})

    assert event_line(event) == {
        "type": "security_event",
        "id": event.pk,
        "time": f"{event.happened_at:%Y-%m-%dT%H:%M:%S.%f}+00:00",
        "code": "signin.succeeded",
        "severity": "info",
        "user": "ana",
        "user_id": ana.pk,
        "by": "ben",
        "name_hash": None,
        "address": "192.0.2.7",
        "browser": "Firefox, Linux",
        "request_id": "request-1",
        "detail": {"token": "nightly", "new_browser": True},
    }
