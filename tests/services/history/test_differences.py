"""History: what differs between two answers, and changes as sentences."""

import pytest

from customers.models import Change, Customer
from customers.services.checking.outcome import Result
from customers.services.checking.store import store
from customers.services.history.differences import (
    delinquent_since,
    differences,
    events_of,
    first_facts,
    last_method,
    method_words,
)
from tests.helpers.rows import ago, answered, failure, not_set_up, refused, stripe_customer

NO_METHOD = {"default_source": None, "sources": {"object": "list", "data": []}}
INVOICED = NO_METHOD | {
    "subscriptions": [{"id": "sub_1", "status": "active", "collection_method": "send_invoice"}]
}


@pytest.fixture
def told(northwind, anas):
    """A function that stores the answers given to it, the oldest first, and tells their events."""

    def tell(*payloads):
        for age, payload in zip(range(len(payloads), 0, -1), payloads, strict=True):
            outcome = not_set_up if payload is None else answered
            store([outcome("northwind", anas, ago(age), *([payload] if payload else []))])
        changes = list(Change.objects.all())
        return changes, Customer.objects.get()

    return tell


def titles(changes, current):
    return [event.title for event in events_of(changes, current)]


def test_nothing_has_happened_after_one_answer(told):
    changes, current = told(stripe_customer())

    assert events_of(changes, current) == []
    assert delinquent_since(changes, current) is None
    assert last_method(changes, current) is None


def test_an_error_is_no_event(told, anas):
    told(stripe_customer())

    store([refused("northwind", anas, ago(0), Result.UNAVAILABLE)])

    assert not Change.objects.exists()


def test_the_keyed_hash_and_times_are_no_difference():
    before = Customer(
        last4="4242", fingerprint_hash="one", checked_at=ago(9), last_error=failure("oh")
    )
    now = Customer(last4="4242", fingerprint_hash="two", checked_at=ago(5))

    assert differences(before, now) == {}


def test_unknown_differs_from_no():
    before, now = Customer(delinquent=False), Customer(delinquent=None)

    assert differences(before, now) == {"delinquent": [False, None]}


@pytest.mark.parametrize(
    ("before", "now", "title", "detail"),
    [
        ({"delinquent": False}, {"delinquent": True}, "Became delinquent", ""),
        ({"delinquent": None}, {"delinquent": True}, "Became delinquent", "was unknown"),
        ({"delinquent": True}, {"delinquent": False}, "No longer delinquent", ""),
        ({"delinquent": True}, {"delinquent": None}, "Delinquency", "delinquent to unknown"),
        ({"delinquent": None}, {"delinquent": False}, "Delinquency", "unknown to not delinquent"),
        (
            {},
            {"last4": "1881", "brand": "MasterCard"},
            "Payment method changed",
            "Visa •••• 4242 to Mastercard •••• 1881",
        ),
        ({}, {"exp_year": 2035}, "Expiry changed", "05/31 to 05/35"),
        ({"exp_month": None}, {}, "Expiry changed", "unknown to 05/31"),
        ({}, {"account_balance": -1250}, "Balance", "$0.00 to $12.50 credit"),
        ({}, {"email": "new@x.example"}, "E-mail", "billing@northwind.example to new@x.example"),
        ({}, {"id": "cus_2"}, "Stripe customer", "cus_1 to cus_2"),
        ({}, NO_METHOD, "Payment method removed", "Visa •••• 4242"),
        (NO_METHOD, {}, "Payment method added", "Visa •••• 4242"),
        ({}, {"livemode": False}, "Details changed", "mode"),
    ],
)
def test_a_change_is_said_in_one_sentence(told, before, now, title, detail):
    changes, current = told(stripe_customer(**before), stripe_customer(**now))

    (event,) = events_of(changes, current)

    assert (event.title, event.detail) == (title, detail)
    assert (event.after, event.seen_at) == (changes[0].after, changes[0].seen_at)
    assert event.seen_with == "ana"


def test_another_card_with_the_same_digits_is_a_replacement(told):
    first, second = stripe_customer(), stripe_customer()
    second["sources"]["data"][0]["id"] = second["default_source"] = "card_2"

    changes, current = told(first, second)

    (event,) = events_of(changes, current)
    assert (event.title, event.detail) == ("Payment method replaced", "another Visa •••• 4242")


@pytest.mark.parametrize(
    ("before", "now", "title", "detail", "tone"),
    [
        ({}, INVOICED, "Billing changed", "Visa •••• 4242 to billed by invoice", "plain"),
        (INVOICED, {}, "Billing changed", "billed by invoice to Visa •••• 4242", "plain"),
        (
            INVOICED,
            NO_METHOD,
            "Billing changed",
            "billed by invoice to no payment method",
            "plain",
        ),
    ],
)
def test_to_be_billed_by_invoice_is_no_loss_of_a_method(told, before, now, title, detail, tone):
    changes, current = told(stripe_customer(**before), stripe_customer(**now))

    event = events_of(changes, current)[0]

    assert (event.kind, event.title, event.detail, event.tone) == (
        "changed_method",
        title,
        detail,
        tone,
    )


def test_a_change_is_told_as_it_was_though_the_answer_was_read_again_since(told):
    changes, current = told(stripe_customer(last4="1111"), stripe_customer(last4="2222"))
    current.last4, current.brand = "3333", "Cartes Bancaires"

    details = [event.detail for event in events_of(changes, current)]

    assert details == ["Cartes Bancaires •••• 1111 to Cartes Bancaires •••• 2222"]


def test_a_deleted_customer_is_said_with_what_it_had(told):
    changes, current = told(stripe_customer(), {"id": "cus_1", "deleted": True})

    deleted = events_of(changes, current)[0]

    assert "Stripe customer deleted" in titles(changes, current)
    assert any(e.detail == "had Visa •••• 4242" for e in events_of(changes, current))
    assert deleted.seen_with == "ana"


def test_events_come_latest_first_and_each_from_its_own_state(told):
    changes, current = told(
        stripe_customer(last4="1111"), stripe_customer(last4="2222"), stripe_customer(last4="3333")
    )

    details = [event.detail for event in events_of(changes, current)]

    assert details == ["Visa •••• 2222 to Visa •••• 3333", "Visa •••• 1111 to Visa •••• 2222"]


def test_a_user_who_is_gone_is_a_former_user(told, ana):
    changes, current = told(stripe_customer(), stripe_customer(last4="1881"))
    ana.delete()
    changes[0].refresh_from_db()

    assert events_of(changes, current)[0].seen_with == "a former user"


def test_delinquent_since_is_the_interval_of_the_last_time_it_became_so(told):
    changes, current = told(
        stripe_customer(delinquent=True),
        stripe_customer(delinquent=False),
        stripe_customer(delinquent=True),
        stripe_customer(delinquent=True, last4="1881"),
    )

    since = delinquent_since(changes, current)

    became = changes[1]
    assert since == (became.after, became.seen_at)


def test_what_is_no_longer_delinquent_has_no_since(told):
    changes, current = told(stripe_customer(delinquent=True), stripe_customer(delinquent=False))

    assert delinquent_since(changes, current) is None


def test_the_last_method_is_what_was_on_file_before_there_was_none(told):
    changes, current = told(stripe_customer(last4="1111"), stripe_customer(last4="2222"), None)

    words, change = last_method(changes, current)

    assert words == "Visa •••• 2222"
    assert change == changes[0]


def test_the_first_facts_are_those_of_the_first_answer(told):
    changes, current = told(
        stripe_customer(last4="1111"), stripe_customer(last4="2222", delinquent=True), None
    )

    facts = first_facts(changes, current)

    assert (facts["state"], facts["last4"], facts["delinquent"]) == ("card", "1111", False)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "card", "brand": "Visa", "last4": "4242"}, "Visa •••• 4242"),
        ({"state": "card", "brand": "", "last4": ""}, "Card"),
        ({"state": "bank_account", "last4": "6789"}, "bank account •••• 6789"),
        ({"state": "bank_account", "last4": ""}, "bank account"),
        ({"state": "other", "method_type": "sepa_debit"}, "SEPA debit"),
        ({"state": "other", "method_type": ""}, "a payment method"),
        ({"state": "details_not_sent"}, "on file, details unavailable"),
        ({"state": "none"}, "no payment method"),
        ({"state": "invoice"}, "billed by invoice"),
        ({"state": "unknown"}, "unknown"),
    ],
)
def test_a_method_in_a_few_words(facts, words):
    assert method_words(facts) == words
