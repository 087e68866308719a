"""The table of facts: complete, in both languages, and what storing and the history go by."""

import pytest
from django.utils.translation import override

from customers.models import Customer
from customers.services.checking.interpret import columns_of
from customers.services.facts.fact import History
from customers.services.facts.table import BY_NAME, FACTS, listed_in
from customers.services.history.differences import differences, events_of
from customers.services.lists.export import EXPORT_COLUMNS
from customers.upstream.stripe.stripe_customer import StripeCustomer
from tests.helpers.rows import make_change

# Columns of Customer that no answer fills by itself.
NOT_OF_THE_PAYLOAD = {
    *("organization", "folded_name", "is_set_up", "asked_at", "checked_at", "checked_with"),
    *("first_checked_at", "changed_at", "attempted_at", "failing_since"),
    *("state_after", "state_seen_at", "delinquent_after", "delinquent_seen_at"),
    *("expiry_seen_at", "charge_seen_at", "first_payment_seen_at"),
    *("last_error_code", "last_error_params", "claimed_by", "lease_until", "asked_all_at"),
}
# Columns made of facts for searches, comparisons and worklists, which nobody is shown as they are.
DERIVED = {
    *("folded_email", "fingerprint_hash"),
    *("charged_expires_on", "charged_renews_on", "first_payment_outstanding"),
}
TRACKED = [fact for fact in FACTS if fact.is_tracked]
BY_EACH_NAME = {"ids": lambda fact: fact.name}


# Two values that a column can hold one after the other.
TWO_VALUES = {
    "BooleanField": (False, True),
    "CharField": ("a", "b"),
    "TextField": ("a", "b"),
    **dict.fromkeys(("SmallIntegerField", "IntegerField", "BigIntegerField"), (1, 2)),
}


def field_of(fact):
    return Customer._meta.get_field(fact.name)


def two_values(fact):
    of_the_kind = TWO_VALUES[field_of(fact).get_internal_type()]
    return ("card", "none") if fact.name == "state" else of_the_kind


def test_every_column_that_comes_from_the_payload_is_declared():
    columns = {field.name for field in Customer._meta.concrete_fields}

    assert columns - NOT_OF_THE_PAYLOAD - DERIVED == {fact.name for fact in FACTS}
    assert columns_of(StripeCustomer()).keys() == columns - NOT_OF_THE_PAYLOAD


def test_every_fact_is_declared_once():
    assert len(BY_NAME) == len(FACTS)
    assert {fact.name for fact in FACTS}.issuperset(name for fact in FACTS for name in fact.beside)


@pytest.mark.parametrize("fact", FACTS, **BY_EACH_NAME)
def test_what_was_never_sent_fits_the_column_and_is_said_in_no_words_or_as_unknown(fact):
    nothing = fact.read(StripeCustomer())

    assert nothing == field_of(fact).to_python(nothing)
    row = Customer(**columns_of(StripeCustomer()))
    assert fact.said(row) in {"", "unknown", "not checked"}


@pytest.mark.parametrize("fact", FACTS, **BY_EACH_NAME)
def test_labels_and_orders_have_german(fact):
    for label in (fact.label, *(label for _key, label in fact.sorts)):
        with override("en"):
            english = str(label)
        with override("de"):
            assert str(label) not in {"", english}


def test_the_history_leaves_out_only_what_follows_from_other_facts_or_comes_and_goes():
    untracked = {fact.name for fact in FACTS} - {fact.name for fact in TRACKED}

    assert untracked == {
        *("dynamic_last4", "expires_on", "next_renewal"),
        *("cvc_check", "address_line1_check", "address_zip_check"),
    }


@pytest.mark.parametrize("fact", TRACKED, **BY_EACH_NAME)
def test_another_value_of_a_tracked_fact_is_an_event(fact, northwind):
    first, second = two_values(fact)
    known = {"organization": northwind, "state": "card"}
    before = Customer(**known | {fact.name: first})
    now = Customer(**known | {fact.name: second})

    found = differences(before, now)

    assert found == {fact.name: [first, second]}
    (event,) = events_of([make_change(northwind, **found)], now)
    if fact.history is History.VALUE:
        assert event.detail == f"{fact.words(first)} to {fact.words(second)}"
    if fact.history is History.DETAIL:
        assert event.detail == str(fact.label)


@pytest.mark.parametrize(
    "fact", [fact for fact in FACTS if fact.is_filter or fact.sorts], **BY_EACH_NAME
)
def test_what_lists_filter_or_sort_by_is_found_by_an_index(fact):
    assert any(index.fields[0] == fact.name for index in Customer._meta.indexes)


def test_what_exports_hold_may_be_a_column_everywhere():
    exported = {name for name in EXPORT_COLUMNS if name in BY_NAME}

    assert exported == {name for name in exported if BY_NAME[name].is_column}


def test_a_panel_lists_what_is_not_empty():
    listed = listed_in("account", Customer(description="An organization"))

    assert listed == [("description", "An organization")]
    assert listed_in("account", Customer()) == []
