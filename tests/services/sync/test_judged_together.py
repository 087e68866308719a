"""Runs at the same time are judged together, and many that became delinquent are told of as one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from customers.models import Change, Customer, RunTally, SyncRun
from customers.services.cases.standing import is_handled
from customers.services.cases.steps import handle
from customers.services.sync.mass_change import begin_tally, judge_runs
from customers.services.wording.expiry import today
from tests.helpers.sync.lying import held, lie, lost, make_desk
from tests.helpers.sync.runs import run, sync_of


def begun(**facts):
    now = timezone.now()
    run = SyncRun.objects.create(started_at=now, beat_at=now, started_by="the tests", **facts)
    begin_tally(run)
    return run


def leader_of(run):
    return RunTally.objects.get(run=run).part_of


@pytest.mark.django_db(transaction=True)
def test_two_runs_of_thirty_answers_each_are_a_mass_change(signed_in_ana, sandbox):
    make_desk(signed_in_ana, 60)
    sandbox.set_fault("not-set-up")
    both_run = Barrier(2)

    def half():
        meet = iter([both_run.wait])  # once, after the first answers
        try:
            sync_of(signed_in_ana, limit=30).run(lambda _: next(meet, lambda _: 0)(10))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: half(), range(2)))

    assert (held(), lost()) == (60, 0)


def test_a_run_joins_the_first_that_runs_and_no_run_that_joined_one(db):
    first, second = begun(), begun()
    SyncRun.objects.filter(pk=first.pk).update(ending="complete")
    third, fourth = begun(), begun()

    assert [leader_of(run) for run in (first, second, third, fourth)] == [
        first,
        first,
        third,
        third,
    ]


def test_runs_are_judged_when_all_that_run_together_are_over(db):
    judged = RunTally.objects.filter(is_judged=True)

    for ended, count in ((begun(), 0), (begun(), 2)):
        SyncRun.objects.filter(pk=ended.pk).update(ending="complete")
        judge_runs()
        assert judged.count() == count


@pytest.mark.parametrize(("many", "is_one"), [(11, True), (10, False)])
def test_more_than_a_fifth_that_became_delinquent_are_one(signed_in_ana, sandbox, many, is_one):
    org_ids = make_desk(signed_in_ana, 50)
    lie(sandbox, "delinquent", org_ids[:many])

    report = run(signed_in_ana)

    assert Customer.objects.filter(delinquent=True).count() == many
    assert Change.objects.filter(became_delinquent=True).count() == many
    assert RunTally.objects.get().is_mass_delinquency is is_one
    assert report.became_delinquent == (many if is_one else 0)


def test_who_was_delinquent_before_does_not_count(signed_in_ana, sandbox):
    make_desk(signed_in_ana, 50, delinquent=True)
    sandbox.set_fault("delinquent")

    run(signed_in_ana)

    tally = RunTally.objects.get()
    assert (tally.was_current, tally.is_mass_delinquency) == (0, False)


@pytest.mark.parametrize(("many", "rests"), [(11, True), (10, False)])
def test_cases_at_rest_are_not_woken_one_by_one(signed_in_ana, sandbox, many, rests):
    org_ids = make_desk(signed_in_ana, 50)
    handle(signed_in_ana, [Customer.objects.get(organization__org_id=org_ids[0]).pk])
    lie(sandbox, "delinquent", org_ids[:many])

    run(signed_in_ana)

    assert Customer.objects.filter(is_handled(today())).exists() is rests
