"""The disclosure log: what an entry says, who is named by it, and what an auditor gets."""

import pytest

from customers.models import Customer, Disclosure, Organization
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.log import latest_viewers, record
from customers.services.disclosures.log_export import entries_between
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.helpers.rows import make_customer, make_organization


@pytest.fixture
def three_entries(ana, ben, northwind):
    customer = make_customer(northwind, checked_with=ben)
    with asked_from(Origin("192.0.2.7", "ticket 4711", "nightly report")):
        for where in ("page", "list", "export"):
            record(ana, [customer], where)
    return list(Disclosure.objects.order_by("pk"))


def test_an_entry_says_who_what_when_where_from_and_how_old(three_entries, ana, northwind):
    entry = three_entries[0]
    customer = Customer.objects.get()

    assert (entry.user_id, entry.username) == (ana.pk, "ana")
    assert (entry.organization_id, entry.org_id) == (northwind.pk, "northwind")
    assert (entry.where, entry.ip_address, entry.purpose) == ("page", "192.0.2.7", "ticket 4711")
    assert (entry.checked_at, entry.checked_with_name) == (customer.checked_at, "ben")
    assert (entry.format, entry.token_name, entry.proof) == (2, "nightly report", "own")


def test_the_log_as_it_was_written_holds_together(three_entries):
    verified = verify_log()

    assert verified.entries == 3
    assert verified.head == bytes(three_entries[-1].hash).hex()


def test_the_chain_outlives_the_user_and_the_organization(three_entries, ana, ben):
    Organization.objects.all().delete()
    ben.delete()
    ana.delete()

    assert verify_log().entries == 3
    assert Disclosure.objects.filter(username="ana", org_id="northwind").count() == 3


def test_an_auditor_gets_the_entries_of_a_period_with_their_hashes(three_entries):
    first, second, last = three_entries

    rows = list(entries_between(second.seen_at, last.seen_at))

    assert [row["number"] for row in rows] == [second.pk]
    assert rows[0]["seen_at"] == second.seen_at.isoformat()
    assert rows[0]["hash"] == bytes(second.hash).hex()
    assert "last4" not in rows[0]


@pytest.mark.parametrize(
    ("chosen", "numbers"),
    [
        ({"org_ids": ["northwind"]}, [1, 2, 3]),
        ({"org_ids": ["elsewhere"]}, [4]),
        ({"org_ids": ["northwind", "elsewhere"]}, [1, 2, 3, 4]),
        ({"org_ids": ["never-heard-of"]}, []),
        ({"usernames": ["ana"]}, [1, 2, 3]),
        ({"usernames": ["ben"]}, [4]),
        ({"usernames": ["ana"], "org_ids": ["elsewhere"]}, []),
    ],
)
def test_an_auditor_may_ask_for_some_organizations_or_users_alone(
    three_entries, ben, chosen, numbers
):
    record(ben, [make_customer(make_organization("elsewhere"))], "page")

    assert [row["number"] for row in entries_between(None, None, **chosen)] == numbers


def test_a_user_is_found_by_their_present_and_their_former_name(three_entries, ana):
    ana.username = "anna"
    ana.save()

    assert len(list(entries_between(None, None, usernames=["anna"]))) == 3
    assert len(list(entries_between(None, None, usernames=["ana"]))) == 3


def test_the_new_columns_of_an_export_follow_the_hash(three_entries):
    row = next(entries_between(None, None))

    assert list(row)[-5:] == ["hash", "format", "token_name", "proof", "shown_together"]
    assert (row["format"], row["token_name"], row["proof"]) == (2, "nightly report", "own")


def test_what_one_answer_shows_is_told_from_what_others_do(ana):
    customers = [make_customer(make_organization(f"org-{n}")) for n in range(2)]
    with asked_from(Origin()):
        record(ana, customers, "page")
        record(ana, customers[:1], "list")
    with asked_from(Origin()):
        record(ana, customers[:1], "page")
    record(ana, customers, "command")
    record(ana, customers, "command")

    answers = list(Disclosure.objects.order_by("pk").values_list("shown_together", flat=True))
    first, second, third, fourth = answers[0], answers[3], answers[4], answers[6]
    assert answers == [first] * 3 + [second] + [third] * 2 + [fourth] * 2
    assert len({first, second, third, fourth}) == 4


def test_a_place_that_the_log_does_not_know_is_not_recorded(ana, northwind):
    with pytest.raises(ValueError, match="somewhere"):
        record(ana, [make_customer(northwind)], "somewhere")

    assert not Disclosure.objects.exists()


def test_nothing_is_recorded_of_nothing(ana):
    record(ana, [], "list")

    assert not Disclosure.objects.exists()


@pytest.mark.parametrize("where", ["list", "overview", "changes", "digest", "pasted", "report"])
def test_viewers_are_named_once_and_not_for_what_names_many(three_entries, ben, where):
    northwind = Organization.objects.get()
    record(ben, [Customer.objects.get()], where)

    assert [name for name, _ in latest_viewers(northwind.pk)] == ["ana"]


def test_recording_a_list_costs_few_queries(ana, django_assert_max_num_queries):
    customers = [make_customer(make_organization(f"org-{n}")) for n in range(50)]
    record(ana, customers[:1], "list")

    with django_assert_max_num_queries(9):
        record(ana, customers, "list")
