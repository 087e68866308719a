"""Parallel runs and threads check each organization once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from customers.models import Access, Case, Credentials, Customer, Organization, SyncRun
from customers.services.credentials import store as credentials
from customers.services.sync import runner as sync_module
from customers.services.sync.due import claim
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from tests.conftest import sign_in_upstream
from tests.helpers.rows import ago, make_organization

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def many(sandbox):
    """A sandbox; the portal knows the organizations that Ana may see."""
    for organization in sandbox.organizations()[:40]:
        make_organization(organization["org_id"])
    sandbox.set_latency(0.01)
    return sandbox


def sync_of(user, **options):
    given = {"max_age": timedelta(hours=1), "concurrency": 8} | options
    return Sync(Options((user.pk,), **given), "the tests")


def run_at_once(*syncs):
    """Run each in a thread; returns their reports."""
    barrier = Barrier(len(syncs))

    def run(sync):
        barrier.wait()
        try:
            return sync.run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(syncs)) as pool:
        return list(pool.map(run, syncs))


def test_two_runs_at_once_ask_about_no_organization_twice(signed_in_ana, many):
    reports = run_at_once(sync_of(signed_in_ana), sync_of(signed_in_ana))

    asked = {org_id: many.counts(org_id)["calls"]["customer"] for org_id in known_org_ids()}
    assert all(sum(by_status.values()) == 1 for by_status in asked.values())
    assert sum(report.checked for report in reports) == 40
    assert all(report.is_complete for report in reports)
    assert not Customer.objects.filter(state="unchecked").exists()
    assert SyncRun.objects.filter(ending="complete").count() == 2


def test_two_runs_at_once_ask_once_about_what_their_user_works_with(signed_in_ana, many):
    sync_of(signed_in_ana).run()
    Credentials.objects.update(proves_since=ago(9 * 24 * 60))
    Access.objects.update(proved_at=ago(2 * 24 * 60))
    for customer in Customer.objects.all()[:30]:
        Case.objects.create(customer=customer, owner=signed_in_ana)

    reports = run_at_once(sync_of(signed_in_ana), sync_of(signed_in_ana))

    asked = {org_id: many.counts(org_id)["calls"]["customer"] for org_id in known_org_ids()}
    assert all(sum(by_status.values()) == 2 for by_status in asked.values())
    assert all(report.is_complete for report in reports)
    assert not Access.objects.filter(proved_at__lt=ago(60)).exists()


def test_two_runs_at_once_by_lists_ask_for_no_list_and_no_customer_twice(
    signed_in_ana, many, settings
):
    settings.ACCESS_PROOFS = "listed"

    reports = run_at_once(sync_of(signed_in_ana), sync_of(signed_in_ana))

    calls = {org_id: many.counts(org_id)["calls"] for org_id in known_org_ids()}
    assert [sum(asked["org"].values()) for asked in calls.values()] == [1] * 40
    assert all(sum(asked.get("customer", {}).values()) <= 1 for asked in calls.values())
    assert sum(report.lists for report in reports) == 40


def test_runs_of_two_users_at_once_prove_the_access_of_both(
    signed_in_ana, signed_in_ben, many, monkeypatch
):
    turns = [lambda: sync_of(signed_in_ana).run()]

    def claim_after_anas_run(scope, keys):
        if turns:
            turns.pop()()
        return claim(scope, keys)

    monkeypatch.setattr(sync_module, "claim", claim_after_anas_run)

    sync_of(signed_in_ben).run()

    assert Access.objects.filter(user=signed_in_ana).count() == 40
    assert Access.objects.filter(user=signed_in_ben).count() == 40


def test_an_ended_session_is_renewed_once_for_a_whole_run(ana, many):
    sign_in_upstream(ana, many, keep=True)
    many.expire_sessions("ana")

    report = sync_of(ana).run()

    assert report.is_complete
    assert many.counts()["calls"]["signin"] == {"200": 2}
    assert Credentials.objects.get().state == "active"


def test_a_refused_password_is_sent_once_in_a_whole_run(ana, many):
    sign_in_upstream(ana, many, keep=True)
    many.expire_sessions("ana")
    many.set_fault("status", route="signin", status=401)

    report = sync_of(ana).run()

    assert not report.is_complete
    assert many.counts()["calls"]["signin"] == {"200": 1, "401": 1}
    assert Credentials.objects.get().state == "refused"


def test_credentials_forgotten_during_a_run_end_it_with_a_report(ana, many):
    sign_in_upstream(ana, many, keep=True)
    many.set_latency(0.05)  # so that no batch contains all of it
    sync = sync_of(ana, concurrency=1)

    report = sync.run(on_progress=lambda _: credentials.forget(ana))

    assert not report.is_complete
    assert not Credentials.objects.exists()
    assert SyncRun.objects.get().ending == "failures"


def known_org_ids():
    return list(Organization.objects.values_list("org_id", flat=True))
