"""Killed runs are detected, and their claims released."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, SyncRun
from customers.services.sync import run_record as runs
from customers.services.sync.report import Options
from customers.services.sync.run_record import begin_run, end_lost_runs
from tests.helpers.rows import ago, make_customer, make_organization

OPTIONS = Options(user_ids=())


@pytest.fixture
def claimed(northwind):
    """An organization claimed by a run that has just begun."""
    run = begin_run(OPTIONS, "the tests")
    until = timezone.now() + timedelta(minutes=5)
    make_customer(northwind, claimed_by=run.pk, lease_until=until)
    return run


def is_claimed():
    return Customer.objects.filter(lease_until__isnull=False).exists()


def test_a_living_run_is_left_alone(claimed):
    end_lost_runs()

    claimed.refresh_from_db()
    assert claimed.ending == ""
    assert is_claimed()


def test_a_run_whose_process_is_gone_is_ended_at_once_and_its_claims_are_free(claimed):
    SyncRun.objects.update(process=process_that_ended())
    other = begin_run(OPTIONS, "another")
    until = timezone.now() + timedelta(minutes=5)
    held = make_customer(make_organization("other"), claimed_by=other.pk, lease_until=until)

    end_lost_runs()

    claimed.refresh_from_db()
    assert (claimed.ending, claimed.ended_at) == ("lost", claimed.beat_at)
    assert Customer.objects.get(lease_until__isnull=False) == held


def test_a_number_that_another_process_has_now_does_not_hide_that_a_run_was_killed(claimed):
    machine, number, _ = claimed.process.rsplit(" ", 2)
    SyncRun.objects.update(process=f"{machine} {number} 1")

    end_lost_runs()

    assert not is_claimed()


@pytest.mark.parametrize(("minutes", "ending"), [(0.5, ""), (2, "lost")])
def test_a_run_on_another_machine_is_ended_once_it_is_silent(claimed, minutes, ending):
    SyncRun.objects.update(process="elsewhere/pid:[1] 1 1", beat_at=ago(minutes))

    end_lost_runs()

    claimed.refresh_from_db()
    assert claimed.ending == ending
    assert is_claimed() == (ending == "")


def process_that_ended():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        return runs._process_name(process.pid)
