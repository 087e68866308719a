"""A subscription may have a payment method of its own."""

import pytest

from customers.upstream.stripe.subscription import read_subscriptions
from tests.helpers.stripe.subscriptions import OLD, read_one

CARD = {"id": "card_1", "object": "card", "brand": "Visa", "last4": "4242"}
METHOD = {"id": "pm_1", "object": "payment_method", "type": "card", "card": {"last4": "4444"}}


@pytest.mark.parametrize(
    ("customer", "own", "method_id", "last4"),
    [
        ({}, {"default_payment_method": "pm_1"}, "pm_1", None),
        ({}, {"default_payment_method": METHOD}, "pm_1", "4444"),
        ({"payment_methods": [METHOD]}, {"default_payment_method": "pm_1"}, "pm_1", "4444"),
        ({"sources": {"data": [CARD]}}, {"default_source": "card_1"}, "card_1", "4242"),
        ({"cards": {"data": [CARD]}}, {"default_source": "card_1"}, "card_1", "4242"),
        ({"sources": [CARD]}, {"default_source": "card_2"}, "card_2", None),
        ({"sources": [CARD]}, {"default_source": {"id": "card_1"}}, "card_1", "4242"),
        ({"default_source": CARD}, {"default_source": "card_1"}, "card_1", "4242"),
        (
            {"invoice_settings": {"default_payment_method": METHOD}},
            {"default_payment_method": "pm_1"},
            "pm_1",
            "4444",
        ),
        (
            {"sources": [CARD], "payment_methods": [METHOD]},
            {"default_payment_method": "pm_1", "default_source": "card_1"},
            "pm_1",
            "4444",
        ),
        (
            {"sources": [CARD]},
            {"default_payment_method": "null", "default_source": "card_1"},
            "card_1",
            "4242",
        ),
    ],
)
def test_a_subscription_may_have_a_method_of_its_own(customer, own, method_id, last4):
    (read,) = read_subscriptions({**customer, "subscriptions": [{**OLD, **own}]})

    assert read.method.id == method_id
    assert (read.method.details and read.method.details.last4) == last4


@pytest.mark.parametrize("nothing", [None, "", "null", {}, [], 5, True])
def test_a_subscription_that_names_no_method_has_none(nothing):
    assert read_one(default_payment_method=nothing, default_source=nothing).method is None


def test_what_one_subscription_names_another_may_describe():
    named = {**OLD, "id": "su_2", "default_payment_method": "pm_1"}
    described = {**OLD, "default_payment_method": METHOD}

    read = read_subscriptions({"subscriptions": [named, described]})

    assert [one.method.details.last4 for one in read] == ["4444", "4444"]
