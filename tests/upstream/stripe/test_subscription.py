"""Subscriptions of every API version give the same values."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.upstream.stripe.subscription import (
    Subscription,
    count_subscriptions,
    next_renewal,
    read_subscriptions,
    worst_status,
)
from customers.upstream.stripe.subscription_item import SubscriptionItem

END = 1384094959
END_TIME = datetime(2013, 11, 10, 14, 49, 19, tzinfo=UTC)
LATER = 1484094959
DAY = 86400
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


def moment(seconds):
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


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
        ({"status": "paused"}, None),
        ({"status": "incomplete"}, None),
        ({"status": "incomplete_expired"}, None),
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


@pytest.mark.parametrize("status", ["active", "trialing", "past_due"])
@pytest.mark.parametrize(
    ("cancel_at", "at_period_end", "ends", "renews"),
    [
        (END - DAY, False, END - DAY, None),
        (END, False, END, None),
        (END + DAY, False, END + DAY, END),
        (END - DAY, True, END - DAY, None),
        (END, True, END, None),
        (END + DAY, True, END, None),
        (None, True, END, None),
        (None, False, None, END),
    ],
)
def test_what_is_to_be_canceled_renews_only_until_then(
    status, cancel_at, at_period_end, ends, renews
):
    read = read_one(status=status, cancel_at=cancel_at, cancel_at_period_end=at_period_end)

    assert (read.ends_at, read.renews_at) == (moment(ends), moment(renews))


def test_an_end_is_known_without_a_period():
    read = read_one(current_period_end=None, cancel_at=END)

    assert (read.ends_at, read.renews_at) == (END_TIME, None)


@pytest.mark.parametrize("behavior", ["keep_as_draft", "mark_uncollectible", "void", "something"])
@pytest.mark.parametrize(
    ("resumes_at", "renews"),
    [(None, None), (END + DAY, None), (END, END), (END - DAY, END)],
)
def test_a_paused_subscription_renews_only_in_a_period_that_ends_after_it_resumes(
    behavior, resumes_at, renews
):
    pause = {"behavior": behavior, "resumes_at": resumes_at}

    read = read_one(status="active", pause_collection=pause)

    assert (read.pause.behavior, read.pause.resumes_at) == (behavior, moment(resumes_at))
    assert (read.standing, worst_status([read])) == ("paused", "paused")
    assert (read.renews_at, next_renewal([read])) == (moment(renews), moment(renews))


@pytest.mark.parametrize("nothing", [None, {}, "void", [], 5, True])
def test_anything_but_a_pause_is_no_pause(nothing):
    read = read_one(status="active", pause_collection=nothing)

    assert (read.pause, read.standing) == (None, "active")


@pytest.mark.parametrize("status", ["past_due", "unpaid", "incomplete", "canceled"])
def test_a_pause_does_not_hide_what_is_worse(status):
    read = read_one(status=status, pause_collection={"behavior": "void"})

    assert read.standing == status


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({"trial_end": END}, END),
        ({"trial_end": END, "current_period_end": LATER}, END),
        ({"trial_end": None}, END),
        ({"trial_end": END, "status": "active"}, None),
    ],
)
def test_a_trial_has_an_end_while_it_lasts(changes, until):
    assert read_one(**changes).trial_ends_at == moment(until)


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
