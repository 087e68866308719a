"""Payloads of every API version become a StripeCustomer or raise a clear error."""

import json
from datetime import UTC, datetime

import pytest

from customers.upstream.errors import InvalidAnswer
from customers.upstream.stripe.discount import Discount
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.stripe_customer import (
    NOT_SET_UP,
    CustomerState,
    StripeCustomer,
    parse_customer,
)
from customers.upstream.stripe.subscription import Subscription

# The example in the documentation of Get Customer, shortened to what is read.
DOCUMENTED = {
    "object": "customer",
    "created": 1403096315,
    "id": "cus_4FD4wvEKNQ2sJi",
    "livemode": False,
    "description": "Bingo|www|0c1234567890",
    "email": None,
    "delinquent": False,
    "metadata": {},
    "subscriptions": {"object": "list", "total_count": 0, "has_more": False, "data": []},
    "discount": None,
    "account_balance": 0,
    "currency": "usd",
    "cards": {
        "object": "list",
        "total_count": 1,
        "has_more": False,
        "data": [
            {
                "id": "card_104FD42eZvKYlo2Cm1wYwsL1",
                "object": "card",
                "last4": "4242",
                "brand": "Visa",
                "funding": "credit",
                "exp_month": 5,
                "exp_year": 2015,
                "fingerprint": "Xt5EWLLDS7FJjR1c",
                "country": "US",
                "name": None,
                "cvc_check": "pass",
                "address_line1_check": None,
                "address_zip_check": None,
                "customer": "cus_4FD4wvEKNQ2sJi",
            }
        ],
    },
    "default_card": "card_104FD42eZvKYlo2Cm1wYwsL1",
}


def parse(**fields):
    return parse_customer({"object": "customer", "id": "cus_1", **fields})


@pytest.mark.parametrize(
    "payload",
    [
        None,
        True,
        5,
        float("nan"),
        "cus_1",
        [],
        [DOCUMENTED],
        {},
        {"object": "card", "id": "card_1"},
        {"object": "list", "data": [DOCUMENTED]},
        {"object": None, "id": "cus_1"},
        {"object": ["customer"], "id": "cus_1"},
        {"object": "Customer", "id": "cus_1"},
        {"object": "card", "id": "card_1", "deleted": True},
        {"id": 5, "default_source": "card_1"},
        {"id": "", "default_source": "card_1"},
        {"id": "card_1", "last4": "4242"},
        {"default_source": "card_1", "sources": []},
        {"deleted": "true"},
        {"deleted": False},
        {"errors": [{"message": "Insufficient privileges.", "code": 403}]},
        {"name": "An organization", "orgId": "0c7f26c8", "permissions": {"payment": []}},
    ],
)
def test_what_is_no_customer_is_refused_in_one_sentence(payload):
    with pytest.raises(InvalidAnswer) as refusal:
        parse_customer(payload)

    assert str(refusal.value).endswith(".")
    assert str(refusal.value).count(".") == 1


def test_a_refusal_repeats_nothing_of_the_payload():
    with pytest.raises(InvalidAnswer) as refusal:
        parse_customer({"object": "s3cret", "id": "s3cret"})

    assert "s3cret" not in str(refusal.value)


@pytest.mark.parametrize(
    "payload",
    [
        {"object": "customer"},
        {"object": "customer", "id": None},
        {"id": "cus_1"},
        {"id": "abc", "default_source": None},
        {"id": "abc", "invoice_settings": {}},
        {"id": "abc", "active_card": None},
        {"id": "abc", "cards": {}},
    ],
)
def test_a_customer_is_known_by_its_object_its_id_or_its_payment_keys(payload):
    assert parse_customer(payload).id == (payload.get("id") or "")


@pytest.mark.parametrize(
    "payload",
    [
        {"object": "customer", "id": "cus_1", "deleted": True},
        {"id": "cus_1", "deleted": True},
        {**DOCUMENTED, "id": "cus_1", "deleted": True},
    ],
)
def test_a_deleted_customer_is_only_its_id(payload):
    deleted = StripeCustomer(id="cus_1", state=CustomerState.DELETED)

    assert parse_customer(payload) == deleted


def test_deleted_alone_is_enough():
    assert parse_customer({"deleted": True}) == StripeCustomer(state=CustomerState.DELETED)


@pytest.mark.parametrize("deleted", [False, None, "true", 1])
def test_only_true_means_deleted(deleted):
    assert parse(deleted=deleted).state == CustomerState.UNKNOWN


def test_a_customer_that_is_not_set_up_has_no_payment_method_and_nothing_else():
    assert StripeCustomer(state=CustomerState.NONE) == NOT_SET_UP
    assert (NOT_SET_UP.id, NOT_SET_UP.delinquent, NOT_SET_UP.subscription_count) == ("", None, None)


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
