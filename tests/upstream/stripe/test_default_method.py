"""The default payment method is found in every API version, and not confused with another."""

import pytest

from customers.upstream.stripe.default_method import CustomerState
from tests.helpers.stripe.named_methods import (
    BANK,
    CARD_1,
    CARD_2,
    SWISH,
    find_default_method,
    listing,
    settings,
)

BARE = {"id": "card_1", "object": "card"}
ACTIVE = {"object": "card", "type": "Visa", "last4": "0341"}


@pytest.mark.parametrize(
    "customer",
    [
        {"default_source": "card_9", "sources": listing(CARD_1)},
        {"default_source": "card_1"},
        {"default_source": "card_1", "sources": None},
        {"default_source": "card_1", "sources": {}},
        {"default_source": "card_1", "sources": listing()},
        {"default_source": "card_1", "sources": listing(BARE)},
        {"default_source": "card_1", "sources": {"object": "list", "total_count": 1}},
        {"default_source": "card_1 ", "sources": listing(CARD_1)},
        {"default_source": "CARD_1", "sources": listing(CARD_1)},
        {"default_source": BARE, "sources": listing(BARE)},
        {"default_source": {"object": "card"}, "sources": listing(CARD_1)},
        {"default_source": {"object": "card"}, "sources": listing({**CARD_1, "id": None})},
        {"default_source": "card_1", "active_card": ACTIVE},
        {"default_card": "card_1", "active_card": {**ACTIVE, "id": "card_2"}},
        {"default_card": "card_1", "active_card": {**ACTIVE, "id": 5}},
        {"default_card": "card_1", "active_card": {"object": "card"}},
        {"default_card": "card_1", "active_card": None},
        {**settings("pm_1"), "default_source": "card_1", "sources": listing(CARD_1)},
        {**settings("pm_1"), "default_source": CARD_1},
        {"active_card": {"object": "card", "type": "card"}},
    ],
)
def test_a_default_that_is_not_described_never_gets_anothers_details(customer):
    found = find_default_method(customer)

    assert (found.state, found.payment_method) == (CustomerState.DETAILS_NOT_SENT, None)


@pytest.mark.parametrize(
    ("customer", "state", "default_id", "last4"),
    [
        (
            {"default_source": "card_1", "sources": listing(CARD_2, CARD_1)},
            "card",
            "card_1",
            "4242",
        ),
        ({"default_source": "card_1", "sources": [CARD_2, CARD_1]}, "card", "card_1", "4242"),
        ({"default_source": "card_1", "cards": listing(CARD_1)}, "card", "card_1", "4242"),
        ({"default_card": "card_1", "sources": listing(CARD_1)}, "card", "card_1", "4242"),
        (
            {"default_source": "ba_1", "bank_accounts": listing(BANK)},
            "bank_account",
            "ba_1",
            "6789",
        ),
        ({**settings("card_1"), "payment_methods": [CARD_1]}, "card", "card_1", "4242"),
        ({**settings("card_1"), "sources": listing(CARD_1)}, "card", "card_1", "4242"),
        ({**settings(CARD_1), "default_source": "card_2"}, "card", "card_1", "4242"),
        ({"default_source": CARD_1, "sources": listing(CARD_2)}, "card", "card_1", "4242"),
        ({"default_source": BARE, "sources": listing(CARD_1)}, "card", "card_1", "4242"),
        ({"default_source": BANK}, "bank_account", "ba_1", "6789"),
        ({**settings(SWISH)}, "other", "pm_1", ""),
        ({"default_card": CARD_1}, "card", "card_1", "4242"),
        ({"default_card": "card_1", "active_card": ACTIVE}, "card", "card_1", "0341"),
        ({"default_card": "card_1", "active_card": CARD_1}, "card", "card_1", "4242"),
        (
            {"default_card": "card_1", "active_card": {"type": "Visa", "last4": "0341"}},
            "card",
            "card_1",
            "0341",
        ),
        ({"active_card": ACTIVE}, "card", "", "0341"),
        ({"active_card": {"type": "Visa", "last4": "0341"}}, "card", "", "0341"),
        ({"active_card": "card_1", "cards": listing(CARD_1)}, "card", "card_1", "4242"),
    ],
)
def test_the_default_is_described_by_itself_or_by_the_listed_item_of_its_id(
    customer, state, default_id, last4
):
    found = find_default_method(customer)

    assert (found.state, found.default_id, found.payment_method.last4) == (state, default_id, last4)


def test_details_from_an_active_card_without_id_are_the_named_cards():
    found = find_default_method({"default_card": "card_1", "active_card": ACTIVE})

    assert found.payment_method.id == "card_1"


@pytest.mark.parametrize("null", [None, "", "null", {}, " ", 5, True, []])
def test_what_names_nothing_leaves_the_word_to_the_next_in_order(null):
    order = [
        {"invoice_settings": {"default_payment_method": null}},
        {"default_source": null},
        {"default_card": null},
        {"active_card": CARD_1},
    ]

    found = find_default_method({key: value for part in order for key, value in part.items()})

    assert found.default_id == "card_1"


@pytest.mark.parametrize("rubbish", [None, 5, "x", [], ["default_payment_method"], {}])
def test_invoice_settings_may_be_rubbish(rubbish):
    found = find_default_method({"invoice_settings": rubbish, "default_source": CARD_1})

    assert found.default_id == "card_1"


def test_the_newest_way_to_name_a_default_comes_first():
    named = {**settings("pm_1"), "default_source": "src_1", "default_card": "card_1"}

    assert find_default_method({**named, "active_card": ACTIVE}).default_id == "pm_1"
    assert find_default_method({**named, "invoice_settings": None}).default_id == "src_1"
    assert find_default_method({"default_card": "card_1", "active_card": CARD_2}).default_id == (
        "card_1"
    )


@pytest.mark.parametrize(
    ("customer", "state"),
    [
        ({}, "unknown"),
        ({"default_source": None}, "unknown"),
        ({"default_source": None, "sources": None}, "unknown"),
        ({"default_source": "", "sources": {}}, "unknown"),
        ({"sources": {"object": "list", "total_count": 0}}, "unknown"),
        ({"sources": {"data": None}}, "unknown"),
        ({"sources": "rubbish", "cards": 5}, "unknown"),
        ({"active_card": {}}, "unknown"),
        ({"active_card": 5}, "unknown"),
        ({"sources": listing(has_more=True)}, "unknown"),
        ({"sources": listing(total_count=3)}, "unknown"),
        ({"sources": listing()}, "none"),
        ({"sources": []}, "none"),
        ({"cards": listing(), "default_card": None}, "none"),
        ({"sources": {}, "cards": listing()}, "none"),
        ({"sources": listing(None)}, "none"),
        ({"sources": listing(None, 5, "x", [], {}, {"object": "card"}, {"id": 5})}, "none"),
        ({"sources": listing({"object": "card", "id": "null"})}, "none"),
        ({"active_card": None}, "none"),
        ({"active_card": "null"}, "none"),
        ({"active_card": None, "cards": listing(CARD_1)}, "unlisted"),
        ({"default_source": None, "sources": listing(CARD_1)}, "unlisted"),
        ({"sources": listing(), "cards": [CARD_1]}, "unlisted"),
        ({"sources": listing(BARE)}, "unlisted"),
        ({"sources": listing({"last4": "1234", "exp_month": 12})}, "unlisted"),
    ],
)
def test_without_a_named_default_only_a_list_shows_that_there_is_none(customer, state):
    found = find_default_method(customer)

    assert (found.state, found.default_id, found.payment_method) == (state, "", None)
    assert not found.is_named_by_subscription


@pytest.mark.parametrize(
    ("customer", "others"),
    [
        ({"default_source": "card_1", "sources": listing(CARD_1, CARD_2, BANK)}, "card_2 ba_1"),
        ({"default_source": "card_9", "sources": listing(CARD_1, CARD_2)}, "card_1 card_2"),
        ({"default_source": CARD_1, "sources": listing(CARD_1, CARD_2)}, "card_2"),
        (
            {
                "default_source": "card_1",
                "sources": listing(CARD_1, CARD_2),
                "default_card": "card_1",
                "cards": listing(CARD_1, CARD_2),
            },
            "card_2",
        ),
        ({"sources": listing(CARD_1, CARD_2)}, "card_1 card_2"),
        ({"active_card": ACTIVE, "cards": listing(CARD_2)}, "card_2"),
    ],
)
def test_what_is_listed_and_not_the_default_is_another_method_once(customer, others):
    found = find_default_method(customer)

    assert " ".join(method.id for method in found.other_methods) == others


def test_items_without_ids_are_all_kept():
    found = find_default_method({"sources": [{"object": "card", "last4": "1"}] * 2})

    assert [method.last4 for method in found.other_methods] == ["1", "1"]


@pytest.mark.parametrize(
    ("sources", "has_more"),
    [
        (listing(CARD_1), False),
        (listing(CARD_1, has_more="true"), False),
        (listing(CARD_1, total_count=0), False),
        (listing(CARD_1, total_count=1), False),
        ({"has_more": True}, False),
        (listing(CARD_1, has_more=True), True),
        (listing(CARD_1, total_count=2), True),
        ([CARD_1] * 1001, True),
        ([CARD_1] * 1000, False),
    ],
)
def test_a_list_with_more_methods_is_marked(sources, has_more):
    assert find_default_method({"sources": sources}).has_more_methods is has_more
