"""Retention removes the old end of the disclosure log, says so in the log, and nothing else."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from customers.models import Disclosure, DisclosureHead
from customers.services.disclosures import pruning as disclosure_pruning
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import ChainBroken, verify_log
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import StillKept, prune
from tests.helpers.disclosures.disclosure_log import LONG_AGO, at_the_time, is_broken
from tests.helpers.rows import ago, make_customer

DAY = 24 * 60  # minutes


@pytest.fixture
def five_entries(ana, northwind, monkeypatch):
    """Three that are old, a day apart, and two that are not."""
    customer = make_customer(northwind)
    for days in range(3):
        with at_the_time(monkeypatch, LONG_AGO - days * DAY):
            record(ana, [customer], "page")
    record(ana, [customer] * 2, "list")
    return list(Disclosure.objects.order_by("pk"))


def test_the_old_end_goes_and_the_rest_still_holds_together(five_entries):
    removed = prune(ago(LONG_AGO - DAY - 60))

    verified = verify_log()
    assert removed == 2
    assert (verified.entries, verified.pruned_through) == (4, five_entries[1].pk)


def test_the_log_says_what_was_removed(five_entries):
    prune(ago(LONG_AGO - DAY - 60))

    entry = Disclosure.objects.latest("pk")
    last = five_entries[1]
    assert (entry.where, entry.username, entry.org_id) == ("pruned", "", "")
    assert (entry.user_id, entry.organization_id) == (None, None)
    assert json.loads(entry.purpose) == {
        "entries": 2,
        "through": last.pk,
        "hash": last.hash.hex(),
    }


def test_a_head_that_was_noted_before_it_was_removed_raises_no_false_alarm(five_entries):
    prune(ago(LONG_AGO - DAY - 60))

    assert not is_broken(five_entries[1].hash.hex())
    with pytest.raises(ChainBroken, match="or retention removed that entry"):
        verify_log(five_entries[0].hash.hex())


def test_all_of_a_log_that_is_old_goes_and_it_goes_on(ana, northwind, monkeypatch):
    customer = make_customer(northwind)
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [customer] * 3, "list")

    assert prune(ago(LONG_AGO - DAY)) == 3
    record(ana, [customer], "page")

    entries = Disclosure.objects.order_by("pk").values_list("pk", "where")
    assert list(entries) == [(4, "pruned"), (5, "page")]
    assert verify_log().entries == 2


def test_what_says_that_entries_were_removed_goes_when_it_is_old_itself(
    ana, northwind, monkeypatch
):
    customer, cut = make_customer(northwind), ago(LONG_AGO - DAY)
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [customer], "page")
    with at_the_time(monkeypatch, LONG_AGO - 2 * DAY):
        prune(cut)
    with at_the_time(monkeypatch, LONG_AGO - 3 * DAY):
        record(ana, [customer], "page")

    assert prune(ago(LONG_AGO - 4 * DAY)) == 2

    assert (verify_log().entries, verify_log().pruned_through) == (1, 3)


def test_nothing_old_changes_nothing(five_entries):
    assert prune(ago(LONG_AGO + DAY)) == 0
    assert verify_log().pruned_at is None
    assert Disclosure.objects.count() == 5


def test_it_is_removed_in_batches_that_each_leave_a_whole_log(five_entries, monkeypatch):
    monkeypatch.setattr(disclosure_pruning, "_BATCH", 2)

    assert prune(ago(LONG_AGO - 3 * DAY)) == 3

    removals = Disclosure.objects.filter(where="pruned").order_by("pk")
    assert [json.loads(entry.purpose)["entries"] for entry in removals] == [2, 1]
    assert verify_log().pruned_through == five_entries[2].pk


def test_entries_younger_than_the_retention_of_the_last_migrate_stay(five_entries):
    with pytest.raises(StillKept, match="run migrate"):
        prune(ago(-DAY))

    assert Disclosure.objects.count() == 5
    assert verify_log().pruned_through == 0


def test_after_migrate_a_shorter_retention_counts(ana, northwind, settings, monkeypatch):
    with at_the_time(monkeypatch, 20 * DAY):
        record(ana, [make_customer(northwind)], "page")
    settings.DISCLOSURE_RETENTION = timedelta(days=10)
    with pytest.raises(StillKept):
        prune(ago(10 * DAY))

    call_command("migrate", verbosity=0)

    assert prune(ago(10 * DAY)) == 1


def test_what_was_altered_is_not_removed(five_entries):
    disclosure_triggers.drop()
    Disclosure.objects.filter(pk=five_entries[1].pk).update(username="eve")
    disclosure_triggers.restore()

    with pytest.raises(ChainBroken, match=f"breaks at entry {five_entries[1].pk}"):
        prune(ago(LONG_AGO - 3 * DAY))

    assert Disclosure.objects.count() == 5


def test_what_the_head_alone_says_was_removed_is_not_believed(five_entries):
    first = five_entries[0]
    DisclosureHead.objects.update(pruned_through=first.pk, pruned_hash=first.hash)
    Disclosure.objects.filter(pk=first.pk).delete()

    with pytest.raises(ChainBroken, match="no entry says that retention"):
        prune(ago(LONG_AGO - 3 * DAY))


@pytest.mark.parametrize(("longer", "stays"), [(-10, True), (10, False)])
def test_the_database_itself_knows_how_long_entries_are_kept(
    ana, northwind, settings, monkeypatch, longer, stays
):
    retention = settings.DISCLOSURE_RETENTION.total_seconds() / 60
    with at_the_time(monkeypatch, retention + longer):
        record(ana, [make_customer(northwind)], "page")
    entry = Disclosure.objects.get()
    DisclosureHead.objects.update(pruned_through=entry.pk, pruned_hash=entry.hash)

    with suppress(DatabaseError), transaction.atomic():
        connection.cursor().execute("DELETE FROM customers_disclosure")

    assert Disclosure.objects.exists() is stays


def test_nothing_goes_while_an_entry_stands_before_the_beginning(five_entries):
    prune(ago(LONG_AGO - DAY - 60))
    disclosure_triggers.drop()
    added = five_entries[2]
    added.pk = 0
    added.save(force_insert=True)

    with pytest.raises(ChainBroken, match="before the beginning"):
        prune(ago(LONG_AGO - 2 * DAY - 60))

    assert Disclosure.objects.filter(pk=0).exists()
