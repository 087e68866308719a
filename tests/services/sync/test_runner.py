"""A sync over HTTP: who is asked about what, what is counted, and how a run ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Credentials, Customer, SyncRun
from customers.services.sync import runner as sync_module
from customers.services.sync.credential_pool import users_to_check_with
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync
from customers.upstream.message import Message
from tests.helpers.rows import ago, make_organization, stripe_customer

HOUR = timedelta(hours=1)
ORG_IDS = [f"org-{number}" for number in range(6)]


@pytest.fixture
def six(sandbox):
    """A sandbox with six organizations with cards, known to the portal, for Ana and Ben."""
    for org_id in ORG_IDS:
        sandbox.put_org(org_id, payment=["ana", "ben"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
        make_organization(org_id)
    return sandbox


def sync_of(*users, **options):
    user_ids = tuple(user.pk for user in users)
    return Sync(Options(user_ids, **{"max_age": HOUR, "concurrency": 4} | options), "the tests")


def run(*users, **options):
    return sync_of(*users, **options).run()


def calls(sandbox, org_id=None):
    """Calls of Get Customer by status."""
    return sandbox.counts(org_id)["calls"].get("customer", {})


def make_stale():
    Customer.objects.update(asked_at=ago(120), checked_at=ago(120))
    Access.objects.update(proved_at=ago(100))
    Credentials.objects.update(proves_since=ago(200))


def test_a_run_without_credentials_says_so_and_asks_nothing(ana, six):
    report = run(ana)

    assert list(report.troubles) == [Message("no_credentials")]
    assert not report.is_complete
    assert calls(six) == {}
    assert SyncRun.objects.get().ending == "failures"


def test_failures_are_counted_and_the_last_answers_stay(signed_in_ana, six):
    run(signed_in_ana)
    make_stale()
    six.set_faults({"kind": "500", "org": "org-0"}, {"kind": "not-json", "org": "org-1"})

    report = run(signed_in_ana)

    assert report.counts == {"card": 4, "unavailable": 1, "invalid": 1}
    assert (report.checked, report.failed, report.is_complete) == (6, 2, False)
    assert sum(report.troubles.values()) == 2
    assert Customer.objects.filter(state="card", last4="4242").count() == 6
    assert Customer.objects.exclude(last_error_code="").count() == 2
    assert SyncRun.objects.first().ending == "failures"


def test_a_session_that_ends_stops_asking_with_it_and_the_report_says_so(signed_in_ana, six):
    six.expire_sessions("ana")

    report = run(signed_in_ana, concurrency=1)

    assert report.troubles[Message("session_not_accepted")] >= 1
    assert not report.is_complete
    assert calls(six) == {"401": 1}
    assert Credentials.objects.get().state == "expired"


def test_a_session_that_ends_does_not_keep_another_user_from_asking(
    signed_in_ana, signed_in_ben, six
):
    six.expire_sessions("ana")

    report = run(signed_in_ana, signed_in_ben, concurrency=1)

    assert calls(six) == {"401": 1, "200": 6}
    assert report.counts["card"] == 6
    assert not report.is_complete


def test_a_run_that_breaks_does_not_say_that_it_is_complete(signed_in_ana, six, monkeypatch):
    def fail(_outcomes):
        raise RuntimeError("in the middle")

    monkeypatch.setattr(sync_module, "store", fail)

    with pytest.raises(RuntimeError):
        run(signed_in_ana)

    ended = SyncRun.objects.get()
    assert ended.ended_at is not None
    assert ended.ending not in ("", "complete")


def test_a_denial_is_no_failure(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    six.delete_org("org-1")

    report = run(signed_in_ana)

    assert report.counts == {"card": 4, "denied": 1, "missing": 1}
    assert (report.failed, report.is_complete) == (0, True)


def test_a_denial_falls_through_to_another_user(signed_in_ana, signed_in_ben, six):
    run(signed_in_ana, signed_in_ben)
    make_stale()
    Access.objects.filter(user=signed_in_ana).update(proved_at=ago(101))
    six.put_org("org-0", payment=["ben"])
    six.put_customer("org-0", stripe_customer(last4="1881"))

    report = run(signed_in_ana, signed_in_ben)

    assert report.counts == {"card": 6}
    assert Customer.objects.get(organization__org_id="org-0").last4 == "1881"
    denied = Access.objects.get(user=signed_in_ana, organization__org_id="org-0")
    assert denied.state == "denied"


def test_a_fresh_denial_is_not_asked_about_again(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    run(signed_in_ana)

    report = run(signed_in_ana, max_age=timedelta(0))

    assert report.checked == 5
    assert calls(six, "org-0") == {"403": 1}


def test_a_named_organization_is_asked_about_after_a_fresh_denial(signed_in_ana, six):
    six.put_org("org-0", payment=[])
    run(signed_in_ana)

    report = run(signed_in_ana, org_ids=("org-0",))

    assert report.counts == {"denied": 1}
    assert calls(six, "org-0") == {"403": 2}


def test_answers_are_counted_by_state(signed_in_ana, six):
    six.put_customer("org-0", {"id": "cus_0", "deleted": True})
    six.put_customer("org-1", {"object": "customer", "id": "cus_1"})
    six.delete_customer("org-2")

    report = run(signed_in_ana)

    assert report.counts == {"card": 3, "deleted": 1, "unknown": 1, "none": 1}
    assert (report.due, report.checked, report.failed) == (6, 6, 0)


def test_every_user_gets_a_proof_of_their_own(signed_in_ana, signed_in_ben, six):
    six.put_org("org-0", payment=["ana"])

    report = run(signed_in_ana, signed_in_ben)

    assert report.counts == {"card": 6}
    assert calls(six) == {"200": 11, "403": 1}
    granted = Access.objects.filter(state="granted")
    assert granted.filter(user=signed_in_ana).count() == 6
    assert granted.filter(user=signed_in_ben).count() == 5


def test_what_is_stale_is_asked_once_however_many_users_may(signed_in_ana, signed_in_ben, six):
    run(signed_in_ana, signed_in_ben)
    make_stale()

    report = run(signed_in_ana, signed_in_ben)

    assert report.checked == 6
    assert calls(six) == {"200": 18}


def test_what_is_fresh_is_not_asked_about_again(signed_in_ana, six):
    run(signed_in_ana)

    report = run(signed_in_ana)

    assert (report.due, report.checked, report.is_complete) == (0, 0, True)
    assert calls(six) == {"200": 6}


def test_only_named_organizations_are_asked_about(signed_in_ana, six):
    report = run(signed_in_ana, org_ids=("org-2", "org-4"))

    assert (report.due, report.checked) == (2, 2)
    assert calls(six, "org-2") == calls(six, "org-4") == {"200": 1}
    assert calls(six) == {"200": 2}


@pytest.mark.parametrize("limit", [1, 5, 6, 7])
def test_a_limit_is_kept(signed_in_ana, six, limit):
    report = run(signed_in_ana, limit=limit)

    assert report.due == report.checked == min(limit, 6)
    assert calls(six) == {"200": min(limit, 6)}


def test_no_more_are_asked_about_at_once_than_is_said(signed_in_ana, six):
    six.set_latency(0.02)

    run(signed_in_ana, concurrency=2)

    assert six.counts()["max_concurrent"] <= 2


def test_counting_what_is_due_asks_nothing(signed_in_ana, six):
    assert sync_of(signed_in_ana).count_due() == 6
    assert sync_of(signed_in_ana, limit=4).count_due() == 4
    assert calls(six) == {}
    assert not SyncRun.objects.exists()


def test_a_stopped_run_ends_with_the_counts_so_far(signed_in_ana, six):
    six.set_latency(0.05)
    sync = sync_of(signed_in_ana, concurrency=1)

    report = sync.run(on_progress=lambda _: sync.stop())

    asked = calls(six)["200"]
    assert report.was_stopped
    assert not report.is_complete
    assert (report.counts, report.checked, report.failed) == ({"card": asked}, asked, 0)
    ended = SyncRun.objects.get()
    assert (ended.ending, ended.counts) == ("interrupted", {"answered": asked})


def test_the_next_run_does_what_a_stopped_run_left(signed_in_ana, six):
    six.set_latency(0.05)
    sync = sync_of(signed_in_ana, concurrency=1)
    sync.run(on_progress=lambda _: sync.stop())

    report = run(signed_in_ana)

    assert report.is_complete
    assert calls(six) == {"200": 6}


def test_a_run_leaves_nothing_claimed(signed_in_ana, six):
    run(signed_in_ana)

    assert not Customer.objects.filter(lease_until__isnull=False).exists()


def test_a_run_records_its_result(signed_in_ana, six):
    report = run(signed_in_ana, limit=5)

    row = SyncRun.objects.get()
    assert (row.ending, row.counts, row.started_by) == ("complete", {"answered": 5}, "the tests")
    assert row.options["limit"] == 5
    assert row.options["user_ids"] == [signed_in_ana.pk]
    assert row.started_at <= row.ended_at
    assert report.is_complete


def test_progress_is_reported_during_a_run(signed_in_ana, six):
    told = []

    sync_of(signed_in_ana, concurrency=1).run(lambda report: told.append(report.checked))

    assert told == sorted(set(told))
    assert told[-1] == 6


def test_a_claim_of_a_killed_run_is_waited_for_and_taken_over(signed_in_ana, six):
    soon = timezone.now() + timedelta(seconds=1)
    sync_of(signed_in_ana).count_due()
    Customer.objects.update(claimed_by=0, lease_until=soon)

    report = run(signed_in_ana)

    assert report.counts == {"card": 6}


def test_who_may_ask_is_who_has_working_credentials_and_is_active(ana, anas, ben, bens):
    assert users_to_check_with([]) == (ana.pk, ben.pk)
    assert users_to_check_with(["ben"]) == (ben.pk,)

    Credentials.objects.filter(user=ana).update(state="refused")
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)

    assert users_to_check_with([]) == ()
    assert users_to_check_with(["ben"]) == ()
