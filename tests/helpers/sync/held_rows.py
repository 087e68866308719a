"""Runs, and what their answers say of organizations with cards, without asking anybody."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from customers.models import Organization, SyncRun
from customers.services.checking.outcome import Outcome
from customers.services.checking.store import store
from customers.services.credentials.store import Opened
from customers.services.sync.mass_change import begin_tally, judge_runs
from tests.helpers.rows import ago, answered, not_set_up


def with_cards(asked_with: Opened, count: int) -> list[str]:
    """The org ids of organizations whose cards were sent a day ago."""
    org_ids = [f"desk-{number:03}" for number in range(count)]
    Organization.objects.bulk_create(Organization(org_id=org_id) for org_id in org_ids)
    store([answered(org_id, asked_with, ago(24 * 60)) for org_id in org_ids])
    return org_ids


def begun(at: datetime | None = None) -> SyncRun:
    at = at or timezone.now()
    run = SyncRun.objects.create(started_at=at, beat_at=timezone.now(), started_by="the tests")
    begin_tally(run)
    return run


def end(run: SyncRun, ending: str = "complete") -> None:
    now = timezone.now()
    SyncRun.objects.filter(pk=run.pk).update(ending=ending, ended_at=now, beat_at=now)
    judge_runs()


def say(run: SyncRun | None, outcomes: Iterable[Outcome]) -> None:
    store([replace(outcome, run=run) for outcome in outcomes])


def say_none(
    run: SyncRun | None, org_ids: Iterable[str], asked_with: Opened, minutes: float
) -> None:
    """That nothing is set up, to who asked so many minutes ago."""
    say(run, [not_set_up(org_id, asked_with, ago(minutes)) for org_id in org_ids])
