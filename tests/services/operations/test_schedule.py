"""When a scheduled command is overdue, and what of its runs is kept."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import CommandRun
from customers.services.operations.command_runs import old_runs
from customers.services.operations.schedule import overdue, scheduled_commands
from tests.helpers.rows import ago

HOUR = 60  # minutes
DAY = 24 * HOUR


@pytest.fixture(autouse=True)
def _crontab(db, settings, tmp_path):
    """The portal has recorded for ten days."""
    settings.CRONTAB = tmp_path / "crontab"
    settings.CRONTAB.write_text(
        "*/15 * * * *  manage.py sync_customers --max-age 5h\n"
        "0 2 * * *  manage.py back_up file\n"
        "0 4 * * 0  manage.py verify_disclosures\n"
    )
    changed_at = ago(10 * DAY).timestamp()
    os.utime(settings.CRONTAB, (changed_at, changed_at))
    CommandRun.objects.update(began_at=ago(10 * DAY), ended_at=ago(10 * DAY))


def ended(command, minutes, code=0):
    return CommandRun.objects.create(
        command=command, began_at=ago(minutes + 1), ended_at=ago(minutes), exit_code=code
    )


def standing(name):
    return next(command for command in scheduled_commands() if command.name == name)


@pytest.mark.parametrize(
    ("command", "minutes", "is_overdue"),
    [
        ("sync_customers", 70, False),
        ("sync_customers", 80, True),
        ("back_up", 29 * HOUR, False),
        ("back_up", 31 * HOUR, True),
        ("verify_disclosures", 7 * DAY + 5 * HOUR, False),
        ("verify_disclosures", 7 * DAY + 7 * HOUR, True),
    ],
)
def test_a_command_is_overdue_once_it_has_rested_too_long(command, minutes, is_overdue):
    ended(command, minutes)

    assert standing(command).is_overdue is is_overdue
    assert (command in [late.name for late in overdue()]) is is_overdue


def test_what_never_ran_is_overdue_once_it_should_have():
    assert [late.name for late in overdue()] == ["sync_customers", "back_up", "verify_disclosures"]

    CommandRun.objects.update(began_at=ago(2 * DAY))

    assert [late.name for late in overdue()] == ["sync_customers", "back_up"]


def test_a_line_that_was_added_later_is_not_overdue_at_once(settings):
    ended("back_up", HOUR)
    settings.CRONTAB.write_text("0 2 * * *  manage.py back_up a\n0 3 * * *  manage.py doctor\n")

    assert overdue() == []


def test_a_killed_run_has_not_ended():
    ended("back_up", 40 * HOUR)
    CommandRun.objects.create(command="back_up", began_at=ago(20))

    found = standing("back_up")

    assert found.is_overdue
    assert found.unended_since is not None
    assert timezone.now() - found.ended_at > timedelta(hours=39)


def test_a_run_that_was_followed_by_another_is_not_called_unended():
    CommandRun.objects.create(command="back_up", began_at=ago(2 * HOUR))
    ended("back_up", HOUR)

    assert standing("back_up").unended_since is None


def test_a_failure_is_an_end_and_no_success():
    ended("back_up", 25 * HOUR)
    ended("back_up", HOUR, code=1)

    found = standing("back_up")

    assert (found.is_overdue, found.exit_code) == (False, 1)
    assert found.ended_at - found.succeeded_at > timedelta(hours=23)


def test_several_lines_of_one_command_are_one(settings):
    settings.CRONTAB.write_text("0 2 * * *  manage.py back_up a\n0 14 * * *  manage.py back_up b\n")
    ended("back_up", 20 * HOUR)

    assert [found.times for found in scheduled_commands()] == [("0 2 * * *", "0 14 * * *")]


@pytest.mark.parametrize("how", ["missing", "a folder", "not text"])
def test_without_a_schedule_nothing_is_overdue(settings, how):
    settings.CRONTAB.unlink()
    if how == "a folder":
        settings.CRONTAB.mkdir()
    if how == "not text":
        settings.CRONTAB.write_bytes(b"\xff\xfe*/15")

    assert scheduled_commands() == []


def test_old_runs_go_but_for_what_the_schedule_reads():
    first = CommandRun.objects.get()
    success, last = ended("back_up", 9 * DAY), ended("back_up", 8 * DAY, code=1)
    gone = [ended("back_up", 10 * DAY), CommandRun.objects.create(command="x", began_at=ago(9000))]
    only = ended("clearsessions", 9 * DAY, code=1)

    old = set(old_runs(timezone.now() - timedelta(days=5)))

    assert old == set(gone)
    assert not {first, success, last, only} & old
