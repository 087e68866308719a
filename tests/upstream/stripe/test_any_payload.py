"""Any JSON value gives a StripeCustomer that every database can store, or InvalidAnswer."""

import copy
import dataclasses
import json
from contextlib import suppress
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from customers.upstream.errors import InvalidAnswer
from customers.upstream.stripe.stripe_customer import CustomerState, StripeCustomer, parse_customer
from tests.helpers.stripe.every_era import CARD, CUSTOMERS, PAYMENT_METHOD, SUBSCRIPTION

NASTY = [
    *(None, True, False, "", "null", [], {}, [None], float("nan"), float("inf")),
    *(0, -1, 12, 341, 2**63, -(2**63) - 1, 10**400, 253402300799, 253402300800),
    *("\x00", "\ud800", "05", "9" * 5000, "x" * 3000, "\u0130" * 255, "card", "card_1"),
    *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2014-06-18"),
]
nasty = st.sampled_from(NASTY)
text = st.text(st.characters(exclude_categories=()), max_size=20)  # any, even lone surrogates
leaves = st.one_of(nasty, st.integers(), st.floats(), text)
keys = st.one_of(text, st.sampled_from(sorted({*CARD, *PAYMENT_METHOD, *SUBSCRIPTION, "data"})))
json_values = st.recursive(
    leaves,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=5)),
    max_leaves=20,
)
customer_keys = sorted({key for customer in CUSTOMERS for key in customer} - {"object", "deleted"})
customers_of_rubbish = st.dictionaries(st.sampled_from(customer_keys), json_values).map(
    lambda fields: {**fields, "object": "customer"}
)


def places(value, path=()):
    """The paths to all places in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inner:
        yield (*path, key)
        if isinstance(item, dict | list):
            yield from places(item, (*path, key))


def put(customer, path, value):
    """Replace what is at `path`, if it still exists."""
    with suppress(KeyError, IndexError, TypeError):
        *way, last = path
        for key in way:
            customer = customer[key]
        customer[last] = value


@st.composite
def damaged_customers(draw):
    customer = copy.deepcopy(draw(st.sampled_from(CUSTOMERS)))
    known = list(places(customer))
    damage = st.lists(
        st.tuples(st.sampled_from(known), nasty | json_values), min_size=1, max_size=6
    )
    for path, value in draw(damage):
        if path != ("object",):
            put(customer, path, copy.deepcopy(value))
    return customer


def values(value):
    """All scalar values in a dataclass, at any depth."""
    if dataclasses.is_dataclass(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if isinstance(value, list | tuple):
        for item in value:
            yield from values(item)
    else:
        yield value


def check_that_any_database_can_hold(customer):
    for value in values(customer):
        if isinstance(value, str):
            value.encode("utf-8")
            assert "\x00" not in value
            assert len(value) in range(1001)
        elif isinstance(value, int):
            assert value in range(-(2**63), 2**63)
        elif isinstance(value, datetime):
            assert value.utcoffset().total_seconds() == 0


def check_that_it_agrees_with_itself(customer):
    described = (CustomerState.CARD, CustomerState.BANK_ACCOUNT, CustomerState.OTHER)
    assert (customer.payment_method is not None) == (customer.state in described)
    assert customer.payment_method is None or customer.payment_method.kind == customer.state
    assert isinstance(customer.worst_subscription_status, str)
    assert customer.subscription_count is None or customer.subscription_count in range(2**31)
    assert customer.next_renewal is None or customer.next_renewal.tzinfo
    hash(customer)


def check(payload):
    customer = parse_customer(payload)
    assert isinstance(customer, StripeCustomer)
    check_that_any_database_can_hold(customer)
    check_that_it_agrees_with_itself(customer)


@given(json_values)
def test_any_json_value_is_a_customer_or_refused(payload):
    with suppress(InvalidAnswer):
        check(payload)


@given(customers_of_rubbish)
def test_a_customer_of_rubbish_is_still_a_customer(payload):
    check(payload)


@given(damaged_customers())
def test_a_damaged_customer_is_still_a_customer(payload):
    check(payload)


def test_what_json_reads_beyond_the_standard_is_no_surprise():
    check(
        json.loads('{"object": "customer", "balance": NaN, "created": Infinity, "id": -Infinity}')
    )


def test_a_deeply_nested_payload_is_no_surprise():
    deep = json.loads("[" * 900 + "]" * 900)

    check({"object": "customer", "sources": deep, "default_source": {"card": deep}, "id": deep})
