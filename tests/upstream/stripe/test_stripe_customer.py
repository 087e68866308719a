"""A payload of any Stripe API version becomes one StripeCustomer."""

import json
from datetime import UTC, datetime

import pytest

from customers.upstream.stripe.discount import Discount
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.stripe_customer import CustomerState, StripeCustomer, parse_customer
from customers.upstream.stripe.subscription import Subscription
from tests.helpers.stripe.customers import DOCUMENTED, parse


def test_the_documented_customer_is_read_whole():
    card = PaymentMethod(
        id="card_104FD42eZvKYlo2Cm1wYwsL1",
        kind="card",
        type="card",
        brand="Visa",
        last4="4242",
        exp_month=5,
        exp_year=2015,
        funding="credit",
        country="US",
        fingerprint="Xt5EWLLDS7FJjR1c",
        cvc_check="pass",
    )

    assert parse_customer(DOCUMENTED) == StripeCustomer(
        id="cus_4FD4wvEKNQ2sJi",
        state=CustomerState.CARD,
        default_id="card_104FD42eZvKYlo2Cm1wYwsL1",
        payment_method=card,
        created=datetime(2014, 6, 18, 12, 58, 35, tzinfo=UTC),
        description="Bingo|www|0c1234567890",
        currency="usd",
        balance=0,
        delinquent=False,
        livemode=False,
        subscription_count=0,
    )


def test_parsing_leaves_the_payload_as_it_was():
    before = json.dumps(DOCUMENTED)

    parse_customer(DOCUMENTED)

    assert json.dumps(DOCUMENTED) == before


@pytest.mark.parametrize("key", ["delinquent", "livemode"])
@pytest.mark.parametrize(
    ("sent", "expected"),
    [(None, None), ("false", None), (0, None), (1, None), ([], None), (True, True), (False, False)],
)
def test_unknown_is_not_no(key, sent, expected):
    assert getattr(parse(**{key: sent}), key) is expected
    assert getattr(parse(), key) is None


@pytest.mark.parametrize(
    ("fields", "balance"),
    [
        ({}, None),
        ({"balance": None}, None),
        ({"balance": "500"}, None),
        ({"balance": True}, None),
        ({"balance": 500.0}, None),
        ({"balance": float("nan")}, None),
        ({"balance": 2**63}, None),
        ({"balance": 2**63, "account_balance": 1}, None),
        ({"account_balance": -(2**63) - 1}, None),
        ({"account_balance": -1500}, -1500),
        ({"balance": None, "account_balance": -1500}, -1500),
        ({"balance": False, "account_balance": -1500}, -1500),
        ({"balance": 0, "account_balance": -1500}, 0),
        ({"balance": -2500}, -2500),
    ],
)
def test_the_balance_is_an_integer_under_its_new_or_old_name(fields, balance):
    assert parse(**fields).balance == balance


@pytest.mark.parametrize("key", ["name", "email", "phone", "description", "currency", "tax_exempt"])
@pytest.mark.parametrize("rubbish", [None, True, 5, [], {"x": "y"}])
def test_text_that_is_no_text_is_absent(key, rubbish):
    assert getattr(parse(**{key: rubbish}), key) == ""


@pytest.mark.parametrize(
    ("key", "limit"),
    [
        *(("id", 255), ("email", 255), ("phone", 255), ("tax_exempt", 40)),
        *(("name", 1000), ("description", 1000)),
    ],
)
def test_text_is_clean_and_cut(key, limit):
    assert getattr(parse(**{key: "\x00\ud800" + "x" * 2000}), key) == "\ufffd" + "x" * (limit - 1)


def test_contact_facts_are_read():
    customer = parse(name="Ada", email="ada@example.com", currency="USD")

    facts = (customer.name, customer.email, customer.currency)
    assert facts == ("Ada", "ada@example.com", "usd")


def test_other_methods_subscriptions_and_discount_are_part_of_it():
    customer = parse(
        default_source="card_1",
        sources={"data": [{"id": "card_2", "object": "card", "last4": "4444"}], "has_more": True},
        subscriptions=[{"id": "sub_1", "status": "active", "current_period_end": 1384094959}],
        discount={"coupon": "25OFF"},
    )

    assert customer.other_methods == (
        PaymentMethod(id="card_2", kind="card", type="card", last4="4444"),
    )
    assert customer.has_more_methods
    assert customer.subscriptions == (
        Subscription(
            id="sub_1",
            status="active",
            current_period_end=datetime(2013, 11, 10, 14, 49, 19, tzinfo=UTC),
        ),
    )
    assert customer.discount == Discount(coupon="25OFF")
    assert customer.subscription_count == 1
    assert customer.worst_subscription_status == "active"
    assert customer.next_renewal == datetime(2013, 11, 10, 14, 49, 19, tzinfo=UTC)


def test_without_subscriptions_there_is_no_status_and_no_renewal():
    assert (parse().worst_subscription_status, parse().next_renewal) == ("", None)


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ({"country": "DE", "city": "Berlin"}, "DE"),
        ({"country": "\u202eD\x00E\n"}, "DE"),
        ({"country": "x" * 90}, "x" * 40),
        ({"country": None}, ""),
        ({}, ""),
        (None, ""),
        ("DE", ""),
    ],
)
def test_the_country_of_the_address(address, country):
    assert parse(address=address).address_country == country


@pytest.mark.parametrize("sent", ["none", "exempt", "reverse", "some_day"])
def test_whether_it_pays_tax_is_said_in_the_word_of_stripe(sent):
    assert parse(tax_exempt=sent.upper()).tax_exempt == sent


@pytest.mark.parametrize(
    ("sent", "locales"),
    [
        (["de", "en-GB"], ("de", "en-GB")),
        (["\u202ede\n", "", None, 5, "en"], ("de", "en")),
        ([f"l{number}" for number in range(9)], ("l0", "l1", "l2", "l3", "l4")),
        (["x" * 90], ("x" * 40,)),
        ([], ()),
        (None, ()),
        ("de", ()),
    ],
)
def test_the_languages_that_it_prefers(sent, locales):
    assert parse(preferred_locales=sent).preferred_locales == locales
