"""A sync over real HTTP: what is counted, and how a run ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials, Customer, SyncRun
from customers.services.sync import runner as sync_module
from customers.upstream.message import Message
from tests.helpers.sync.runs import calls, make_stale, run, sync_of


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


def test_answers_are_counted_by_state(signed_in_ana, six):
    six.put_customer("org-0", {"id": "cus_0", "deleted": True})
    six.put_customer("org-1", {"object": "customer", "id": "cus_1"})
    six.delete_customer("org-2")

    report = run(signed_in_ana)

    assert report.counts == {"card": 3, "deleted": 1, "unknown": 1, "none": 1}
    assert (report.due, report.checked, report.failed) == (6, 6, 0)


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


def test_a_claim_of_a_killed_run_is_waited_for_and_taken_over(signed_in_ana, six):
    soon = timezone.now() + timedelta(seconds=1)
    sync_of(signed_in_ana).count_due()
    Customer.objects.update(claimed_by=0, lease_until=soon)

    report = run(signed_in_ana)

    assert report.counts == {"card": 6}


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
