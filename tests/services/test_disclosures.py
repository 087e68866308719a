"""The disclosure log: what an entry says, that it stays, and that tampering is noticed."""

import pytest
from django.db import DatabaseError, connection, transaction

from customers.models import Customer, DisclosureHead, Organization, View
from customers.services.disclosure_chain import (
    ChainBroken,
    entries_between,
    prune,
    verify,
)
from customers.services.disclosures import latest_viewers, record
from customers.services.origin import Origin, asked_from
from tests.services.rows import ago, make_customer, make_organization


@pytest.fixture
def three_entries(ana, ben, northwind):
    customer = make_customer(northwind, checked_with=ben)
    with asked_from(Origin("192.0.2.7", "ticket 4711")):
        for where in ("page", "list", "export"):
            record(ana, [customer], where)
    return list(View.objects.order_by("pk"))


def test_an_entry_says_who_what_when_where_from_and_how_old(three_entries, ana, northwind):
    entry = three_entries[0]
    customer = Customer.objects.get()

    assert (entry.user_id, entry.username) == (ana.pk, "ana")
    assert (entry.organization_id, entry.org_id) == (northwind.pk, "northwind")
    assert (entry.where, entry.ip_address, entry.purpose) == ("page", "192.0.2.7", "ticket 4711")
    assert (entry.checked_at, entry.checked_with_name) == (customer.checked_at, "ben")


def test_the_log_as_it_was_written_holds_together(three_entries):
    verified = verify()

    assert verified.entries == 3
    assert verified.head == bytes(three_entries[-1].hash).hex()


def test_the_chain_outlives_the_user_and_the_organization(three_entries, ana, ben):
    Organization.objects.all().delete()
    ben.delete()
    ana.delete()

    assert verify().entries == 3
    assert View.objects.filter(username="ana", org_id="northwind").count() == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE customers_view SET username = 'x'", "DELETE FROM customers_view"]
)
def test_the_database_refuses_to_change_or_delete_an_entry(three_entries, statement):
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(statement)

    assert View.objects.filter(username="ana").count() == 3


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE customers_view SET username = 'eve' WHERE id = {second}",
        "UPDATE customers_view SET seen_at = '2020-01-01 00:00:00+00:00' WHERE id = {second}",
        "UPDATE customers_view SET ip_address = NULL WHERE id = {last}",
        "UPDATE customers_view SET purpose = '' WHERE id = {first}",
        "DELETE FROM customers_view WHERE id = {first}",
        "DELETE FROM customers_view WHERE id = {second}",
        "DELETE FROM customers_view WHERE id = {last}",
        "DELETE FROM customers_view",
    ],
)
def test_whoever_gets_round_the_database_is_noticed(three_entries, statement):
    first, second, last = (entry.pk for entry in three_entries)
    remove_triggers()

    connection.cursor().execute(statement.format(first=first, second=second, last=last))

    with pytest.raises(ChainBroken):
        verify()


def test_a_log_that_was_made_anew_as_a_whole_lacks_the_head_that_was_noted(three_entries, ana):
    noted = verify().head
    customer = Customer.objects.get()
    remove_triggers()
    View.objects.all().delete()
    DisclosureHead.objects.all().delete()

    record(ana, [customer], "page")

    assert verify().entries == 1
    with pytest.raises(ChainBroken, match="made anew"):
        verify(noted)


def test_a_head_that_was_noted_is_found_while_the_log_grows(three_entries, ana):
    noted = verify().head

    record(ana, [Customer.objects.get()], "page")

    assert verify(noted).entries == 4


def test_retention_removes_the_old_end_and_the_rest_still_holds_together(three_entries):
    removed = prune(three_entries[1].seen_at)

    verified = verify()
    assert removed == 1
    assert (verified.entries, verified.pruned_through) == (2, three_entries[0].pk)


def test_a_head_that_was_noted_before_retention_removed_it_raises_no_false_alarm(three_entries):
    first, second, last = three_entries

    prune(last.seen_at)

    assert verify(bytes(second.hash).hex()).entries == 1
    with pytest.raises(ChainBroken, match="or retention removed that entry"):
        verify(bytes(first.hash).hex())


def test_retention_removes_all_of_a_log_that_is_old_and_it_goes_on(three_entries, ana):
    removed = prune(ago(-1))

    record(ana, [Customer.objects.get()], "page")
    assert removed == 3
    assert verify().entries == 1


def test_retention_of_nothing_changes_nothing(three_entries):
    assert prune(ago(60)) == 0
    assert verify().pruned_at is None


def test_an_auditor_gets_the_entries_of_a_period_with_their_hashes(three_entries):
    first, second, last = three_entries

    rows = list(entries_between(second.seen_at, last.seen_at))

    assert [row["number"] for row in rows] == [second.pk]
    assert rows[0]["seen_at"] == second.seen_at.isoformat()
    assert rows[0]["hash"] == bytes(second.hash).hex()
    assert "last4" not in rows[0]


def test_nothing_is_recorded_of_nothing(ana):
    record(ana, [], "list")

    assert not View.objects.exists()


@pytest.mark.parametrize("where", ["list", "overview", "changes", "digest"])
def test_viewers_are_named_once_and_not_for_what_names_many(three_entries, ben, where):
    northwind = Organization.objects.get()
    record(ben, [Customer.objects.get()], where)

    assert [name for name, _ in latest_viewers(northwind.pk)] == ["ana"]


def test_recording_a_list_costs_few_queries(ana, django_assert_max_num_queries):
    customers = [make_customer(make_organization(f"org-{n}")) for n in range(50)]
    record(ana, customers[:1], "list")

    with django_assert_max_num_queries(9):
        record(ana, customers, "list")


def remove_triggers():
    cursor = connection.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("DROP TRIGGER view_is_not_changed")
        cursor.execute("DROP TRIGGER view_is_not_deleted")
    else:
        cursor.execute("DROP TRIGGER view_is_not_changed ON customers_view")
