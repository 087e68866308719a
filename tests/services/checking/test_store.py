"""Storing an answer: the customer, its payload, the change, all of it or nothing."""

import pytest

from customers.models import Access, Change, Customer, Organization, Payload
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.credentials import store as credentials
from customers.upstream.client import OrganizationDetails
from tests.helpers.rows import (
    ago,
    answered,
    make_organization,
    not_set_up,
    refused,
    stripe_customer,
)


def stored(organization):
    return Customer.objects.get(organization=organization)


def test_a_failure_in_the_middle_stores_nothing(northwind, anas, monkeypatch):
    store([answered("northwind", anas, ago(9))])

    def fail(*_args, **_options):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("customers.services.checking.store.insert", fail)
    details = OrganizationDetails("New", "")

    with pytest.raises(RuntimeError):
        store(
            [
                answered("northwind", anas, ago(5), stripe_customer(last4="1881")),
                answered("new", anas, ago(5), details=details),
            ]
        )

    assert stored(northwind).last4 == "4242"
    assert Payload.objects.get(pk=northwind.pk).decoded == stripe_customer()
    assert Access.objects.get(organization=northwind).proved_at < ago(8)
    assert not Organization.objects.filter(org_id="new").exists()


@pytest.mark.parametrize("result", [r for r in Result if r is not Result.ANSWERED])
def test_an_unknown_organization_is_not_registered_without_an_answer(anas, result):
    store([refused("unknown", anas, ago(5), result)])

    assert not Organization.objects.exists()
    assert not Customer.objects.exists()
    assert not Access.objects.exists()


def test_an_unknown_organization_is_registered_with_its_details(anas):
    details = OrganizationDetails("Northwind Clinics", "Clinics in the north")

    store([answered("new", anas, ago(5), details=details)])

    organization = Organization.objects.get(org_id="new")
    assert organization.name == "Northwind Clinics"
    assert organization.description == "Clinics in the north"
    assert stored(organization).last4 == "4242"


def test_an_outcome_that_counts_for_nothing_registers_no_organization(ana, anas):
    credentials.forget(ana)

    store([answered("new", anas, ago(5), details=OrganizationDetails("New", ""))])

    assert not Organization.objects.filter(org_id="new").exists()


def test_details_do_not_rename_a_known_organization(northwind, anas):
    store([answered("northwind", anas, ago(5), details=OrganizationDetails("", ""))])

    northwind.refresh_from_db()
    assert northwind.name == "Northwind Clinics"


def test_an_answer_is_stored_in_typed_columns(northwind, ana, anas):
    outcome = answered(
        "northwind",
        anas,
        ago(5),
        stripe_customer(account_balance=-1250, delinquent=True, livemode=False, currency="EUR"),
    )

    store([outcome])

    row = stored(northwind)
    assert (row.state, row.is_set_up) == ("card", True)
    assert (row.customer_id, row.default_id) == ("cus_1", "card_1")
    assert (row.brand, row.last4, row.funding, row.country) == ("Visa", "4242", "credit", "US")
    assert (row.exp_month, row.exp_year) == (5, 2031)
    assert row.expires_on.isoformat() == "2031-05-31"
    assert (row.delinquent, row.livemode) == (True, False)
    assert (row.balance, row.currency) == (-1250, "eur")
    assert row.email == "billing@northwind.example"
    assert (row.asked_at, row.checked_at) == (outcome.asked_at, outcome.answered_at)
    assert row.first_checked_at == row.changed_at == outcome.answered_at
    assert row.checked_with == ana
    assert (row.attempted_at, row.last_error_code) == (outcome.asked_at, "")


def test_what_was_not_sent_is_unknown_and_never_no(northwind, anas):
    sent = stripe_customer(delinquent=None)
    del sent["livemode"], sent["account_balance"]

    store([answered("northwind", anas, ago(5), sent)])

    row = stored(northwind)
    assert (row.delinquent, row.livemode, row.balance) == (None, None, None)


def test_a_fingerprint_is_stored_as_a_hash_only(northwind, anas):
    other = make_organization("other")

    store([answered(org_id, anas, ago(5)) for org_id in ("northwind", "other")])

    assert "print1" not in stored(northwind).fingerprint_hash
    assert stored(northwind).fingerprint_hash == stored(other).fingerprint_hash != ""


def test_the_payload_is_stored_beside_the_columns(northwind, anas):
    store([answered("northwind", anas, ago(5), stripe_customer(metadata={"ward": "7"}))])

    assert Payload.objects.get(pk=northwind.pk).decoded["metadata"] == {"ward": "7"}


def test_not_set_up_is_none_without_a_customer(northwind, anas):
    store([not_set_up("northwind", anas, ago(5))])

    row = stored(northwind)
    assert (row.state, row.is_set_up) == ("none", False)
    assert (row.customer_id, row.last4, row.expires_on, row.balance) == ("", "", None, None)
    assert row.delinquent is None


def test_not_set_up_deletes_what_was_sent_before(northwind, anas):
    store([answered("northwind", anas, ago(9))])

    store([not_set_up("northwind", anas, ago(5))])

    row = stored(northwind)
    assert (row.state, row.is_set_up, row.last4, row.email) == ("none", False, "", "")
    assert not Payload.objects.exists()


def test_a_customer_without_a_method_is_none_but_set_up(northwind, anas):
    sent = stripe_customer(default_source=None, sources={"object": "list", "data": []})

    store([answered("northwind", anas, ago(5), sent)])

    row = stored(northwind)
    assert (row.state, row.is_set_up, row.customer_id) == ("none", True, "cus_1")


def test_a_deleted_customer_is_an_answer(northwind, anas):
    store([answered("northwind", anas, ago(5), {"id": "cus_1", "deleted": True})])

    row = stored(northwind)
    assert (row.state, row.is_set_up, row.customer_id, row.last4) == ("deleted", True, "cus_1", "")


def test_the_first_answer_is_no_change(northwind, anas):
    store([answered("northwind", anas, ago(5))])

    assert not Change.objects.exists()


def test_the_same_answer_twice_is_no_change(northwind, anas):
    store([answered("northwind", anas, ago(9))])
    before = stored(northwind)

    store([answered("northwind", anas, ago(5))])

    after = stored(northwind)
    assert not Change.objects.exists()
    assert after.changed_at == before.changed_at
    assert after.first_checked_at == before.first_checked_at
    assert after.checked_at > before.checked_at


def test_only_the_differences_are_stored_with_their_interval(northwind, ana, anas):
    first = answered("northwind", anas, ago(9))
    store([first])
    second = answered("northwind", anas, ago(5), stripe_customer(last4="1881", delinquent=None))

    store([second])

    change = Change.objects.get(organization=northwind)
    assert change.differences == {"last4": ["4242", "1881"], "delinquent": [False, None]}
    assert (change.after, change.seen_at) == (first.asked_at, second.answered_at)
    assert change.seen_with == ana
    assert stored(northwind).changed_at == second.answered_at


def test_a_new_secret_key_is_no_change(northwind, anas, settings):
    store([answered("northwind", anas, ago(9))])
    settings.SECRET_KEY = "another key of the tests, as long as the first one was"

    store([answered("northwind", anas, ago(5))])

    assert not Change.objects.exists()


def test_the_longest_words_fit_the_indexes_together(anas):
    # Of letters that take four bytes each, none twice, for PostgreSQL packs what is alike.
    longest = {
        name: "".join(map(chr, range(start, start + 255)))
        for name, start in (("brand", 0x20000), ("funding", 0x21000), ("country", 0x22000))
    }
    currency = "".join(map(chr, range(0x23000, 0x230FF)))
    name = "".join(map(chr, range(0x24000, 0x240FF)))
    sent = stripe_customer(**longest, currency=currency)

    store([answered("new", anas, ago(5), sent, OrganizationDetails(name, ""))])

    assert Customer.objects.get(organization__org_id="new").brand == longest["brand"]
