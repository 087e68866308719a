"""Subscriptions of every API version give the same values."""

from decimal import Decimal

import pytest

from customers.upstream.stripe.subscription import (
    Subscription,
    count_subscriptions,
    read_subscriptions,
    worst_status,
)
from customers.upstream.stripe.subscription_item import SubscriptionItem
from tests.helpers.stripe.subscriptions import END, END_TIME, LATER, OLD, read_one

READ = Subscription(
    id="su_1",
    status="trialing",
    items=(
        SubscriptionItem(
            name="Bronze", quantity=2, amount=Decimal(1900), currency="usd", interval="month"
        ),
    ),
    current_period_end=END_TIME,
)
NEW = {
    "id": "su_1",
    "object": "subscription",
    "status": "trialing",
    "currency": "usd",
    "items": {
        "object": "list",
        "data": [
            {
                "current_period_end": LATER,
                "quantity": 2,
                "price": {
                    "id": "price_1",
                    "nickname": "Bronze",
                    "unit_amount": 1900,
                    "recurring": {"interval": "month"},
                },
            },
            {"current_period_end": END, "quantity": 9},
        ],
    },
}


@pytest.mark.parametrize(
    "customer",
    [
        {},
        {"subscriptions": None},
        {"subscriptions": {}},
        {"subscriptions": {"object": "list", "total_count": 0}},
        {"subscription": None},
        {"subscription": {}},
        {"subscription": "su_1"},
        {"subscription": {"object": "subscription"}},
    ],
)
def test_without_a_list_the_count_is_unknown(customer):
    read = read_subscriptions(customer)

    assert (read, count_subscriptions(customer, len(read))) == ((), None)


@pytest.mark.parametrize(
    "customer",
    [
        {"subscriptions": {"data": [OLD]}},
        {"subscriptions": [None, 5, "su_2", {}, OLD]},
        {"subscription": OLD},
        {"subscription": OLD, "subscriptions": {"data": [OLD]}},
        {"subscriptions": {"data": [NEW]}},
    ],
    ids=["list", "array with rubbish", "single", "both", "items with periods of their own"],
)
def test_every_era_says_the_same(customer):
    assert read_subscriptions(customer) == (READ,)


@pytest.mark.parametrize("has_more", [True, False])
def test_that_items_were_not_sent_is_known(has_more):
    assert read_one(items={"data": [], "has_more": has_more}).has_more_items is has_more


def test_subscriptions_without_ids_are_told_apart():
    read = read_subscriptions({"subscriptions": [{"status": "active"}, {"status": "unpaid"}]})

    assert [one.status for one in read] == ["active", "unpaid"]


@pytest.mark.parametrize(
    ("listed", "count"),
    [
        ({"data": []}, 0),
        ([], 0),
        ({"data": [], "total_count": 3}, 3),
        ({"data": [OLD], "total_count": 12}, 12),
        ({"data": [OLD], "total_count": 0}, 1),
        ({"data": [OLD, {**OLD, "id": "su_2"}], "total_count": 1}, 2),
        ({"data": [OLD], "total_count": "12"}, 1),
        ({"data": [OLD], "total_count": 2**70}, 1),
        ({"data": [OLD], "count": 2}, 2),
    ],
)
def test_the_count_is_the_total_or_the_number_read_if_that_is_more(listed, count):
    customer = {"subscriptions": listed}

    assert count_subscriptions(customer, len(read_subscriptions(customer))) == count


def test_a_single_subscription_without_a_list_is_one():
    assert count_subscriptions({"subscription": OLD}, len([OLD])) == 1


@pytest.mark.parametrize(("sent", "expected"), [(True, True), (False, False), ("true", False)])
def test_only_true_cancels_at_the_end_of_the_period(sent, expected):
    assert read_one(cancel_at_period_end=sent).cancel_at_period_end is expected


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        ("", ""),
        ("active", "active"),
        ("active trialing", "trialing"),
        ("trialing newly_invented", "newly_invented"),
        ("newly_invented canceled", "canceled"),
        ("canceled paused", "paused"),
        ("paused incomplete_expired", "incomplete_expired"),
        ("incomplete_expired incomplete", "incomplete"),
        ("incomplete past_due", "past_due"),
        ("past_due unpaid active", "unpaid"),
    ],
)
def test_the_worst_status_is_the_one_to_act_on_first(statuses, worst):
    subscriptions = [Subscription(status=status) for status in ["", *statuses.split()]]

    assert worst_status(subscriptions) == worst


@pytest.mark.parametrize("status", ["past_due", "unpaid", "incomplete", "canceled"])
def test_a_pause_does_not_hide_what_is_worse(status):
    read = read_one(status=status, pause_collection={"behavior": "void"})

    assert read.standing == status


@pytest.mark.parametrize(
    ("changes", "is_invoiced"),
    [
        ({"collection_method": "send_invoice"}, True),
        ({"billing": "send_invoice"}, True),
        ({"collection_method": "charge_automatically"}, False),
        ({"collection_method": "charge_automatically", "billing": "send_invoice"}, False),
        ({"billing": "charge_automatically"}, False),
        ({"collection_method": None}, False),
        ({}, False),
    ],
)
def test_whether_invoices_are_sent_was_called_billing_before(changes, is_invoiced):
    assert read_one(**changes).is_invoiced is is_invoiced


@pytest.mark.parametrize(
    ("status", "is_live"),
    [
        ("trialing", True),
        ("active", True),
        ("past_due", True),
        ("unpaid", True),
        ("paused", True),
        ("incomplete", True),
        ("newly_invented", True),
        ("", True),
        ("canceled", False),
        ("incomplete_expired", False),
    ],
)
def test_only_what_has_ended_for_good_is_not_live(status, is_live):
    assert read_one(status=status).is_live is is_live


@pytest.mark.parametrize("nothing", [None, {}, "void", [], 5, True])
def test_anything_but_a_pause_is_no_pause(nothing):
    read = read_one(status="active", pause_collection=nothing)

    assert (read.pause, read.standing) == (None, "active")
