"""The default payment method is found in every API version, and not confused with another."""

import pytest

from customers.upstream.stripe.default_method import CustomerState
from customers.upstream.stripe.default_method import find_default_method as find_among
from customers.upstream.stripe.subscription import read_subscriptions

CARD_1 = {"id": "card_1", "object": "card", "brand": "Visa", "last4": "4242"}
CARD_2 = {"id": "card_2", "object": "card", "brand": "MasterCard", "last4": "4444"}
BANK = {"id": "ba_1", "object": "bank_account", "last4": "6789"}
BARE = {"id": "card_1", "object": "card"}
ACTIVE = {"object": "card", "type": "Visa", "last4": "0341"}
SWISH = {"id": "pm_1", "object": "payment_method", "type": "swish", "swish": {}}


def find_default_method(customer):
    return find_among(customer, read_subscriptions(customer))


def listing(*items, **more):
    return {"object": "list", "data": list(items), "has_more": False, **more}


def settings(default):
    return {"invoice_settings": {"default_payment_method": default}}


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


SOON, LATER = 1_800_000_000, 1_900_000_000


def subscription(number=1, **changes):
    plain = {"id": f"sub_{number}", "status": "active", "current_period_end": SOON}
    return plain | changes


def subscribed(*subscriptions, **customer):
    return {"sources": listing(), "subscriptions": listing(*subscriptions)} | customer


def charging(method, number=1, **changes):
    return subscription(number, default_payment_method=method, **changes)


@pytest.mark.parametrize(
    ("customer", "state", "default_id"),
    [
        (subscribed(charging("pm_1")), "details_not_sent", "pm_1"),
        (subscribed(charging("pm_1"), sources=None), "details_not_sent", "pm_1"),
        (subscribed(charging(SWISH)), "other", "pm_1"),
        (subscribed(subscription(default_source="card_1"), cards=[CARD_1]), "card", "card_1"),
        (subscribed(charging("card_1"), payment_methods=[CARD_1]), "card", "card_1"),
        (subscribed(charging("card_2"), sources=[CARD_1]), "details_not_sent", "card_2"),
        (subscribed(subscription(default_source=BANK)), "bank_account", "ba_1"),
        (subscribed(charging("pm_1"), **settings(None)), "details_not_sent", "pm_1"),
        (subscribed(charging("pm_1"), default_source="null"), "details_not_sent", "pm_1"),
        (
            {"active_card": None, "subscription": subscription(default_source=CARD_1)},
            "card",
            "card_1",
        ),
    ],
)
def test_without_a_default_the_method_of_a_subscription_is_charged(customer, state, default_id):
    found = find_default_method(customer)

    assert (found.state, found.default_id) == (state, default_id)
    assert found.is_named_by_subscription is True


@pytest.mark.parametrize(
    "default",
    [settings("pm_9"), {"default_source": "pm_9"}, {"default_card": "pm_9"}],
    ids=["settings", "source", "card"],
)
def test_a_default_of_the_customer_comes_before_those_of_subscriptions(default):
    found = find_default_method(subscribed(charging(CARD_1), **default))

    assert (found.state, found.default_id) == ("details_not_sent", "pm_9")
    assert found.is_named_by_subscription is False


@pytest.mark.parametrize("status", ["trialing", "active", "past_due", "unpaid", "paused", "new"])
def test_every_live_subscription_may_name_the_method(status):
    assert find_default_method(subscribed(charging("pm_1", status=status))).default_id == "pm_1"


@pytest.mark.parametrize("status", ["canceled", "incomplete_expired"])
def test_what_has_ended_names_no_method(status):
    assert find_default_method(subscribed(charging("pm_1", status=status))).state == "none"


@pytest.mark.parametrize(
    "others",
    [
        [charging("pm_2", 2, current_period_end=LATER)],
        [subscription(2, current_period_end=SOON - 9)],
        [charging("pm_2", 2, status="canceled", current_period_end=SOON - 9)],
        [charging("pm_2", 2, status="unpaid", current_period_end=SOON - 9)],
        [charging("pm_2", 2, cancel_at_period_end=True, current_period_end=SOON - 9)],
        [charging("pm_2", 2, pause_collection={"behavior": "void"}, current_period_end=9)],
        [charging("pm_2", 2, collection_method="send_invoice", current_period_end=9)],
        [charging("pm_2", 2, current_period_end=None)],
    ],
)
def test_of_several_the_one_that_is_charged_next_counts(others):
    for subscriptions in ([charging("pm_1"), *others], [*others, charging("pm_1")]):
        assert find_default_method(subscribed(*subscriptions)).default_id == "pm_1"


def test_what_a_subscription_charges_is_no_other_method():
    found = find_default_method(subscribed(charging("card_1"), sources=[CARD_1, CARD_2]))

    assert [method.id for method in found.other_methods] == ["card_2"]


def test_a_default_may_be_described_by_the_subscription_that_names_it_too():
    found = find_default_method(subscribed(charging(CARD_1), **settings("card_1")))

    assert found.payment_method.last4 == "4242"


INVOICED = {"collection_method": "send_invoice"}


@pytest.mark.parametrize(
    ("customer", "state"),
    [
        (subscribed(subscription(**INVOICED)), "invoice"),
        (subscribed(subscription(billing="send_invoice")), "invoice"),
        (subscribed(subscription(**INVOICED), subscription(2, **INVOICED)), "invoice"),
        (subscribed(subscription(status="past_due", **INVOICED)), "invoice"),
        (subscribed(subscription(**INVOICED), subscription(2, status="canceled")), "invoice"),
        ({"active_card": None, "subscription": subscription(**INVOICED)}, "invoice"),
        (subscribed(subscription(**INVOICED), subscription(2)), "none"),
        (subscribed(subscription(**INVOICED), subscription(2, status="incomplete")), "none"),
        (subscribed(subscription(status="canceled", **INVOICED)), "none"),
        (subscribed(subscription()), "none"),
        (subscribed(), "none"),
        (
            subscribed(subscriptions=listing(subscription(**INVOICED), has_more=True)),
            "none",
        ),
        (
            subscribed(subscriptions=listing(subscription(**INVOICED), total_count=2)),
            "none",
        ),
        (subscribed(subscription(**INVOICED), sources=None), "unknown"),
        (subscribed(subscription(**INVOICED), sources=[CARD_1]), "unlisted"),
        (subscribed(subscription(**INVOICED), default_source=CARD_1), "card"),
        (subscribed(charging("pm_1", **INVOICED)), "details_not_sent"),
    ],
)
def test_who_is_only_sent_invoices_needs_no_method(customer, state):
    assert find_default_method(customer).state == state
