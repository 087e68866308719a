"""Subscription items: names, and costs if they are fixed."""

from decimal import Decimal

import pytest

from customers.upstream.stripe.subscription_item import SubscriptionItem, read_items

PLAN = {"id": "bronze-v1", "name": "Bronze", "amount": 1900, "currency": "usd", "interval": "month"}
PRICE = {
    "id": "price_1",
    "nickname": "Bronze",
    "unit_amount": 1900,
    "currency": "usd",
    "recurring": {"interval": "month"},
}
BRONZE = SubscriptionItem(
    name="Bronze", quantity=2, amount=Decimal(1900), currency="usd", interval="month"
)


def read_one(**changes):
    (item,) = read_items({"items": {"data": [{"id": "si_1", "price": {**PRICE, **changes}}]}})
    return item


@pytest.mark.parametrize(
    "sent",
    [
        {"plan": PLAN, "quantity": 2},
        {"plan": PLAN, "items": {"data": [{"plan": PLAN, "quantity": 2}]}},
        {"plan": PLAN, "quantity": 2, "items": {"data": [{"id": "si_1"}]}},
        {"plan": PLAN, "quantity": 2, "items": {"data": []}},
        {"plan": PLAN, "quantity": 2, "items": {"data": [{"plan": None, "quantity": None}]}},
        {"items": {"data": [{"price": PRICE, "quantity": 2}]}},
        {"items": {"data": [{"price": PRICE, "plan": PLAN, "quantity": 2}]}},
        {"items": [None, "si_2", {"price": PRICE, "quantity": 2}]},
        {"currency": "usd", "items": [{"price": {**PRICE, "currency": None}, "quantity": 2}]},
    ],
)
def test_every_era_says_the_same(sent):
    assert read_items(sent) == (BRONZE,)


def test_an_item_without_a_name_is_one_if_it_costs_something():
    (item,) = read_items({"plan": {"amount": 500}})

    assert (item.name, item.total) == ("", 500)


def test_all_items_are_read():
    gold = {"plan": {**PLAN, "name": "Gold"}, "quantity": 1}
    calls = {"price": {**PRICE, "nickname": "Calls"}}

    items = read_items({"items": {"data": [{"price": PRICE, "quantity": 2}, gold, calls]}})

    assert [(item.name, item.quantity) for item in items] == [
        ("Bronze", 2),
        ("Gold", 1),
        ("Calls", None),
    ]


@pytest.mark.parametrize("rubbish", [None, True, 5, "x", [], {}, [{}], {"data": [None]}])
def test_rubbish_is_no_item(rubbish):
    assert read_items({"items": rubbish, "plan": None}) == ()


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        ("gold", "gold"),
        ({"id": "gold"}, "gold"),
        ({"id": "gold", "product": "prod_1"}, "gold"),
        ({"id": "gold", "product": {"name": "Gold product"}}, "Gold product"),
        ({"id": "gold", "name": "Gold", "product": {"name": "Gold product"}}, "Gold"),
        ({"id": "gold", "name": "Gold", "nickname": "Our gold"}, "Our gold"),
        ({"id": "gold", "nickname": None, "name": 5}, "gold"),
    ],
)
@pytest.mark.parametrize("place", ["plan", "price"])
def test_an_item_goes_by_its_most_human_name(plan, place, name):
    assert [item.name for item in read_items({"items": [{place: plan}]})] == [name]


def test_a_product_in_full_names_what_the_plan_beside_it_does_not():
    item = {"plan": {"id": "plan_1", "product": "prod_1"}}
    item["price"] = {"id": "price_1", "product": {"name": "Calls"}}

    assert read_items({"items": [item]})[0].name == "Calls"


@pytest.mark.parametrize("rubbish", [None, True, "x", [], {}, 2**70, float("nan")])
def test_rubbish_is_absent(rubbish):
    plan = {"id": "gold", "amount": rubbish, "currency": [], "interval": [rubbish]}

    assert read_items({"plan": plan, "quantity": rubbish}) == (SubscriptionItem(name="gold"),)


@pytest.mark.parametrize(
    ("quantity", "amount", "total"),
    [(2, 1900, 3800), (1, 1900, 1900), (None, 1900, 1900), (0, 1900, 0), (2, 0, 0)],
)
def test_what_it_costs_is_the_amount_times_the_quantity(quantity, amount, total):
    (item,) = read_items({"plan": {**PLAN, "amount": amount}, "quantity": quantity})

    assert (item.total, item.varies) == (total, False)


@pytest.mark.parametrize(
    "changes",
    [
        {"billing_scheme": "tiered", "unit_amount": None},
        {"billing_scheme": "tiered"},
        {"tiers": [{"up_to": 5, "unit_amount": 100}], "unit_amount": None},
        {"recurring": {"interval": "month", "usage_type": "metered"}},
        {"recurring": {"interval": "month", "meter": "mtr_1"}},
        {"meter": "mtr_1"},
        {"usage_type": "metered"},
        {"transform_quantity": {"divide_by": 10, "round": "up"}},
        {"unit_amount": None, "unit_amount_decimal": "0.05"},
    ],
)
def test_tiers_and_use_have_no_fixed_amount(changes):
    item = read_one(**changes)

    assert (item.total, item.varies) == (None, True)


def test_use_of_a_plan_varies_too():
    (item,) = read_items({"plan": {**PLAN, "usage_type": "metered"}, "quantity": 2})

    assert (item.total, item.varies) == (None, True)


@pytest.mark.parametrize(
    ("decimal", "quantity", "total"),
    [("0.05", 1000, 50), ("12.5", 2, 25), ("1900", 1, 1900), ("1900.00", None, 1900)],
)
@pytest.mark.parametrize("place", ["unit_amount_decimal", "amount_decimal"])
def test_parts_of_a_cent_count_where_they_come_to_whole_ones(place, decimal, quantity, total):
    price = {**PRICE, "unit_amount": None, place: decimal}

    (item,) = read_items({"items": [{"price": price, "quantity": quantity}]})

    assert (item.total, item.varies) == (total, False)


@pytest.mark.parametrize(
    "decimal", ["x", "", "1e9", "NaN", "Infinity", "0.05 ", 5.5, None, "1" * 40]
)
def test_a_missing_amount_is_unknown_but_does_not_vary(decimal):
    item = read_one(unit_amount=None, unit_amount_decimal=decimal)

    assert (item.amount, item.total, item.varies) == (None, None, False)


def test_an_amount_beyond_all_bounds_is_unknown():
    (item,) = read_items({"plan": {**PLAN, "amount": 2**62}, "quantity": 2**62})

    assert item.total is None


@pytest.mark.parametrize(
    ("period", "interval"),
    [
        ({"interval": "month"}, "month"),
        ({"interval": "month", "interval_count": 1}, "month"),
        ({"interval": "month", "interval_count": 2}, "2 months"),
        ({"interval_count": 2}, ""),
    ],
)
def test_how_often_it_is_paid(period, interval):
    assert read_one(recurring=period).interval == interval
    assert read_items({"plan": {"id": "gold", **period}})[0].interval == interval
