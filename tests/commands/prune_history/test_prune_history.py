"""`prune_history`: what goes, what stays, and what is known of the past afterwards."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from customers.models import (
    Change,
    CommandRun,
    Customer,
    Digest,
    Disclosure,
    FailedAttempts,
    SyncRun,
)
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.log import record
from customers.services.operations import retention
from tests.conftest import browser_of
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import LONG_AGO, at_the_time
from tests.helpers.rows import ago, give_credentials, grant, make_customer, make_organization

DAY = 24 * 60  # minutes
KEPT, GONE = 1000 * DAY, 1100 * DAY


def test_old_changes_go_and_the_known_past_begins_with_the_last_of_them(northwind):
    gone = Change.objects.earliest("seen_at")

    ran = run("prune_history")

    assert (ran.code, ran.err) == (0, "")
    assert "1 changes removed" in ran.out
    assert Change.objects.get().differences == {"last4": ["2222", "4242"]}
    assert Customer.objects.get().first_checked_at == gone.seen_at


def test_where_nothing_was_removed_the_past_begins_where_it_did(northwind):
    other = make_organization("other")
    first = ago(1460 * DAY)
    make_customer(other, first_checked_at=first)

    run("prune_history")

    assert Customer.objects.get(organization=other).first_checked_at == first


def test_the_page_says_no_more_than_is_known(northwind, ana):
    give_credentials(ana)
    grant(ana, northwind)
    run("prune_history")

    page = browser_of(ana).get("/orgs/northwind/").content.decode()

    assert "1111" not in page
    assert "2222" in page


def test_old_disclosures_go_and_the_rest_can_still_be_verified(northwind, ana, monkeypatch):
    customer = Customer.objects.get()
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [customer] * 3, "page")
    record(ana, [customer], "export")
    assert "3 disclosures would be removed" in run("prune_history", "--dry-run").out

    ran = run("prune_history")

    assert "3 disclosures removed" in ran.out
    verified = run("verify_disclosures")
    assert verified.code == 0
    assert f"Entries up to 3 were removed by retention, last on {date.today()}." in verified.out
    assert "2 entries hold together." in verified.out


def test_a_retention_that_the_database_was_not_told_of_removes_nothing(
    northwind, ana, settings, monkeypatch
):
    with at_the_time(monkeypatch, 30 * DAY):
        record(ana, [Customer.objects.get()], "page")
    settings.DISCLOSURE_RETENTION = timedelta(days=20)

    ran = run("prune_history")

    assert ran.code == 1
    assert "DISCLOSURE_RETENTION is shorter than what the database was told; run migrate" in ran.err
    assert Disclosure.objects.count() == 1
    assert Change.objects.count() == 2
    run("migrate", "--verbosity=0")
    assert "1 disclosures removed" in run("prune_history").out


def test_a_longer_retention_counts_at_once(northwind, ana, settings, monkeypatch):
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [Customer.objects.get()], "page")
    settings.DISCLOSURE_RETENTION = timedelta(days=3650)

    assert "0 disclosures removed" in run("prune_history").out


def test_a_log_that_was_altered_is_not_pruned(northwind, ana, monkeypatch):
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [Customer.objects.get()], "page")
    disclosure_triggers.drop()
    Disclosure.objects.update(username="eve")
    disclosure_triggers.restore()

    ran = run("prune_history")

    assert ran.code == 1
    assert "The chain breaks at entry 1" in ran.err
    assert Disclosure.objects.count() == 1


def test_old_sync_runs_go(db, settings):
    settings.SYNC_RUN_RETENTION = timedelta(days=10)
    SyncRun.objects.create(started_at=ago(11 * DAY), started_by="old")
    SyncRun.objects.create(started_at=ago(9 * DAY), started_by="young")

    run("prune_history")

    assert SyncRun.objects.get().started_by == "young"


def test_the_last_digest_stays_because_the_next_begins_with_it(ana):
    for days in (400, 300, 200):
        at = ago(days * DAY)
        Digest.objects.create(
            user=ana, day=at, covers_from=at, covers_until=at, claimed_until=at, settled_at=at
        )

    ran = run("prune_history")

    assert "2 digests removed" in ran.out
    assert Digest.objects.get().day == timezone.localdate(ago(200 * DAY))


def test_failed_attempts_go_once_they_count_nowhere_and_end_no_pause(db):
    for key, began, paused_until in (
        ("old", ago(2 * DAY), None),
        ("over", ago(2 * DAY), ago(5)),
        ("paused", ago(2 * DAY), ago(-5)),
        ("young", ago(5), None),
    ):
        FailedAttempts.objects.create(key=key, began_at=began, paused_until=paused_until)

    run("prune_history")

    assert set(FailedAttempts.objects.values_list("key", flat=True)) == {"paused", "young"}


def test_a_dry_run_counts_and_removes_nothing(northwind):
    ran = run("prune_history", "--dry-run")

    assert ran.code == 0
    assert "1 changes would be removed" in ran.out
    assert Change.objects.count() == 2


def test_a_second_run_finds_nothing(northwind):
    run("prune_history")
    known = Customer.objects.get().first_checked_at

    ran = run("prune_history")

    assert "0 changes removed" in ran.out
    assert Customer.objects.get().first_checked_at == known


def test_a_run_killed_in_a_batch_leaves_it_whole(northwind, monkeypatch):
    def killed(rows):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(retention, "_delete", killed)
        with pytest.raises(KeyboardInterrupt):
            run("prune_history")

    assert Change.objects.count() == 2
    assert Customer.objects.get().first_checked_at < ago(1400 * DAY)


def test_the_last_answer_is_kept_at_any_age(northwind):
    Customer.objects.update(checked_at=ago(2000 * DAY), asked_at=ago(2000 * DAY))

    run("prune_history")

    assert Customer.objects.get().last4 == "4242"


def test_old_runs_of_commands_go_and_the_last_end_of_each_stays(db):
    for days in (200, 150, 100):
        CommandRun.objects.create(
            command="back_up",
            began_at=ago(days * DAY),
            ended_at=ago(days * DAY),
            exit_code=0,
        )

    counted, ran = run("prune_history", "--dry-run"), run("prune_history")

    assert "2 runs of scheduled commands would be removed" in counted.out
    assert "2 runs of scheduled commands removed" in ran.out
