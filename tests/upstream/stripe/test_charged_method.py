"""Without a default of the customer, the method of a subscription is charged."""

import pytest

from tests.helpers.stripe.named_methods import (
    BANK,
    CARD_1,
    CARD_2,
    SWISH,
    find_default_method,
    listing,
    settings,
)

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


@pytest.mark.parametrize("ends", [LATER, None])
def test_of_several_that_do_not_renew_the_one_that_ends_first_counts(ends):
    first, later = charging("pm_1"), charging("pm_2", 2, current_period_end=ends)
    unpaid = [one | {"status": "unpaid"} for one in (later, first, later | {"id": "sub_3"})]

    assert find_default_method(subscribed(*unpaid)).default_id == "pm_1"


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
