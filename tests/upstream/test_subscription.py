"""Subscriptions of any Stripe era are read into the same words."""

from datetime import UTC, datetime

import pytest

from customers.upstream.subscription import (
    Subscription,
    count_subscriptions,
    next_renewal,
    read_subscriptions,
    worst_status,
)

END = 1384094959
END_TIME = datetime(2013, 11, 10, 14, 49, 19, tzinfo=UTC)
LATER = 1484094959
PLAN = {"id": "bronze-v1", "name": "Bronze", "amount": 1900, "currency": "usd", "interval": "month"}
OLD = {
    "id": "su_1",
    "object": "subscription",
    "status": "trialing",
    "plan": PLAN,
    "quantity": 2,
    "cancel_at_period_end": False,
    "current_period_end": END,
}
READ = Subscription(
    id="su_1",
    status="trialing",
    plan="Bronze",
    quantity=2,
    amount=1900,
    currency="usd",
    interval="month",
    current_period_end=END_TIME,
    cancel_at_period_end=False,
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


def read_one(**changes):
    return read_subscriptions({"subscriptions": {"data": [{**OLD, **changes}]}})[0]


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


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        (None, ""),
        ("gold", "gold"),
        ({"id": "gold"}, "gold"),
        ({"id": "gold", "product": "prod_1"}, "gold"),
        ({"id": "gold", "product": {"name": "Gold product"}}, "Gold product"),
        ({"id": "gold", "name": "Gold", "product": {"name": "Gold product"}}, "Gold"),
        ({"id": "gold", "name": "Gold", "nickname": "Our gold"}, "Our gold"),
        ({"id": "gold", "nickname": None, "name": 5}, "gold"),
    ],
)
def test_a_plan_goes_by_its_most_human_name(plan, name):
    assert read_one(plan=plan).plan == name


@pytest.mark.parametrize("rubbish", [None, True, "x", [], {}, 2**70, float("nan")])
def test_rubbish_is_absent(rubbish):
    plan = {"amount": rubbish, "currency": [], "interval": rubbish if rubbish != "x" else 5}

    read = read_one(quantity=rubbish, plan=plan, current_period_end=rubbish, items=rubbish)

    assert (read.quantity, read.amount, read.interval, read.current_period_end) == (
        None,
        None,
        "",
        None,
    )


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


@pytest.mark.parametrize(
    ("changes", "renewal"),
    [
        ({"status": "canceled"}, None),
        ({"status": "unpaid"}, None),
        ({"status": "active", "cancel_at_period_end": True}, None),
        ({"status": "active", "current_period_end": None}, None),
        ({"status": "active"}, END_TIME),
        ({"status": "trialing"}, END_TIME),
        ({"status": "past_due"}, END_TIME),
    ],
)
def test_only_what_will_renew_has_a_next_renewal(changes, renewal):
    assert next_renewal([read_one(**changes)]) == renewal


def test_the_next_renewal_is_the_earliest():
    later = read_one(id="su_2", status="active", current_period_end=LATER)

    assert next_renewal([later, read_one(status="active")]) == END_TIME
