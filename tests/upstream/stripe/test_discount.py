"""Discounts of every API version give the same values."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.upstream.stripe.discount import Discount, read_discount

COUPON = {"id": "25OFF", "percent_off": 25.5, "amount_off": None, "currency": None}
FULL = Discount("25OFF", Decimal("25.5"), None, "", datetime(2012, 6, 10, 17, 41, 50, tzinfo=UTC))
END = 1339350110


@pytest.mark.parametrize(
    "customer",
    [
        {},
        {"discount": None},
        {"discount": {}},
        {"discount": 0},
        {"discount": "di_1"},
        {"discount": {"coupon": None, "end": None}},
        {"discounts": []},
        {"discounts": ["di_1"]},
        {"discounts": [None, {"coupon": COUPON}]},
        {"discounts": {}},
    ],
)
def test_without_a_discount_there_is_none(customer):
    assert read_discount(customer) is None


@pytest.mark.parametrize(
    "customer",
    [
        {"discount": {"coupon": COUPON, "end": END}},
        {"discount": {"source": {"coupon": COUPON, "type": "coupon"}, "end": END}},
        {"discounts": [{"coupon": COUPON, "end": END}]},
        {"discounts": {"data": [{"source": {"coupon": COUPON}, "end": END}]}},
    ],
)
def test_every_era_says_the_same(customer):
    assert read_discount(customer) == FULL


@pytest.mark.parametrize(
    ("discount", "expected"),
    [
        ({"coupon": "25OFF"}, Discount(coupon="25OFF")),
        ({"source": {"coupon": "25OFF"}}, Discount(coupon="25OFF")),
        ({"coupon": {"name": "Spring"}}, Discount(coupon="Spring")),
        ({"id": "di_1", "source": {"coupon": None}}, Discount()),
        (
            {"coupon": {"id": "x", "amount_off": 500, "currency": "USD", "percent_off": True}},
            Discount("x", None, 500, "usd"),
        ),
        ({"coupon": {"id": "x", "percent_off": float("nan")}, "end": 2**70}, Discount("x")),
    ],
)
def test_a_discount_says_what_was_sent_of_it(discount, expected):
    assert read_discount({"discount": discount}) == expected
