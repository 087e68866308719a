"""What holds the disclosure log together: every column counts, and nothing is put in between."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from customers.models import Customer, Disclosure, DisclosureHead
from customers.services.disclosures import chain as disclosure_chain
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.entry_hash import ADDED, next_hash
from customers.services.disclosures.log import record
from customers.services.disclosures.pruning import prune
from customers.services.disclosures.signature import sign_with_newest_key
from tests.helpers.disclosures.disclosure_log import LONG_AGO, ORIGIN, head, is_broken
from tests.helpers.rows import ago, make_customer

NOW = datetime.now(UTC)
# For each column of an entry, what it is not.
OTHER = {
    "id": 4711,
    "format": 3,
    "user_id": 4711,
    "username": "eve",
    "organization_id": 4711,
    "org_id": "elsewhere",
    "seen_at": NOW - timedelta(days=1),
    "where": "past",
    "ip_address": "192.0.2.99",
    "purpose": "none",
    "checked_at": NOW - timedelta(days=2),
    "checked_with_id": 4711,
    "checked_with_name": "eve",
    "token_name": "eve's",
    "proof": "listed",
    "shown_together": "4711",
    "hash": b"4711",
}


@pytest.fixture
def former_log(ana, ben, northwind):
    """Three entries as release 0.3.0 wrote them."""
    disclosure_triggers.drop()
    customer = make_customer(northwind, checked_with=ben)
    before, entries = b"", []
    for number in (1, 2, 5):
        entries.append(former_entry(number, before, ana, customer))
        before = entries[-1].hash
    Disclosure.objects.bulk_create(entries)
    DisclosureHead.objects.update(number=5, hash=before)
    sign_with_newest_key(lost_key=True)
    return entries


def former_entry(number, before, user, customer):
    entry = Disclosure(
        pk=number,
        user=user,
        username="ana",
        organization_id=customer.pk,
        org_id="northwind",
        seen_at=ago(90),
        where="page",
        ip_address="192.0.2.7",
        purpose="ticket 4711",
        checked_at=customer.checked_at,
        checked_with_id=customer.checked_with_id,
        checked_with_name="ben",
    )
    entry.hash = next_hash(before, entry)
    return entry


def test_every_column_of_an_entry_is_tried():
    assert set(OTHER) == {field.attname for field in Disclosure._meta.concrete_fields}


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("column", OTHER)
def test_a_column_of_any_entry_that_is_altered_is_noticed(log, column, place):
    Disclosure.objects.filter(pk=log[place].pk).update(**{column: OTHER[column]})

    assert is_broken()


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("column", OTHER)
def test_a_column_of_a_former_entry_that_is_altered_is_noticed(former_log, column, place):
    assert not is_broken()

    Disclosure.objects.filter(pk=former_log[place].pk).update(**{column: OTHER[column]})

    assert is_broken()


@pytest.mark.parametrize("column", sorted(OTHER.keys() - {"format", "hash"}))
def test_the_hash_of_an_entry_depends_on_each_of_its_columns(log, column):
    entry = log[-1]
    hash_ = next_hash(b"before", entry)

    setattr(entry, column, OTHER[column])

    assert next_hash(b"before", entry) != hash_


@pytest.mark.parametrize("column", sorted(OTHER.keys() - {"id", "format", "hash", *ADDED}))
def test_the_hash_of_a_former_entry_depends_on_each_of_its_columns(former_log, column):
    entry = former_log[-1]
    hash_ = next_hash(b"before", entry)

    setattr(entry, column, OTHER[column])

    assert next_hash(b"before", entry) != hash_


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        (1, "71bb663db18777baf8cfc78c9b0e85cacd82bae02f03f834f4585ad3901a44e6"),
        (2, "a542e452f9dba828b57cca5f843a99d6b9d10a6da286e962956fc909a5e6bb43"),
    ],
)
def test_a_format_is_hashed_for_ever_as_it_was_at_first(format_, expected):
    entry = Disclosure(
        pk=4711,
        format=format_,
        user_id=1,
        username="änne",
        organization_id=2,
        org_id="northwind",
        seen_at=datetime(2026, 11, 28, 9, 30, tzinfo=UTC),
        where="page",
        ip_address="192.0.2.7",
        purpose="ticket 4711",
        checked_at=datetime(2026, 11, 28, 9, 15, 1, 500, tzinfo=timezone(timedelta(hours=1))),
        checked_with_id=None,
        checked_with_name="",
        token_name="nightly report",
        proof="own",
        shown_together="0123456789abcdef",
    )

    assert next_hash(bytes(32), entry).hex() == expected


def test_a_former_log_is_verified_and_goes_on_in_the_new_format(former_log, ana):
    disclosure_triggers.restore()

    record(ana, [Customer.objects.get()], "page", ORIGIN)

    assert list(Disclosure.objects.order_by("pk").values_list("pk", "format")) == [
        (1, 1),
        (2, 1),
        (5, 1),
        (6, 2),
    ]
    assert verify_log().entries == 4


def test_a_number_that_is_left_out_is_noticed(log, ana):
    DisclosureHead.objects.update(number=head().number + 1)

    record(ana, [Customer.objects.get()], "page")

    assert is_broken()


def test_an_entry_of_the_former_format_behind_a_new_one_is_noticed(former_log, ana):
    customer = Customer.objects.get()
    record(ana, [customer], "page", ORIGIN)
    late = former_entry(7, head().hash, ana, customer)
    Disclosure.objects.bulk_create([late])
    DisclosureHead.objects.update(number=7, hash=late.hash)

    assert is_broken()


@pytest.mark.parametrize("column", ADDED)
def test_a_former_entry_says_nothing_that_its_hash_does_not_cover(former_log, column):
    Disclosure.objects.filter(pk=1).update(**{column: "x"})

    assert is_broken()


def test_the_log_as_it_was_written_holds_together(log):
    verified = verify_log()

    assert verified.entries == 5
    assert verified.head == log[-1].hash.hex()
    assert (verified.pruned_through, verified.pruned_at) == (2, log[2].seen_at)


def test_what_is_added_while_the_log_is_read_raises_no_false_alarm(log, ana, monkeypatch):
    follow = disclosure_chain.follow

    def grows(entries, head):
        for place, entry in enumerate(follow(entries, head)):
            if place == 1:
                record(ana, [Customer.objects.get()] * 3, "page")
            yield entry

    monkeypatch.setattr(disclosure_chain, "follow", grows)

    assert verify_log().entries == 5
    monkeypatch.undo()
    assert verify_log().entries == 8


def test_what_retention_removes_while_the_log_is_read_raises_no_false_alarm(log, monkeypatch):
    disclosure_triggers.restore()
    read_head, reads = disclosure_chain._head, []

    def head_of_before():
        head = read_head()
        if not reads:
            assert prune(ago(LONG_AGO - 120)) == 2
        reads.append(head)
        return head

    monkeypatch.setattr(disclosure_chain, "_head", head_of_before)

    assert verify_log().entries == 4
    assert len(reads) == 3
