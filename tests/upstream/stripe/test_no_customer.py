"""What is no customer is refused in a sentence; a deleted one, or one not set up, is told apart."""

import pytest

from customers.services.wording.messages import said
from customers.upstream.errors import InvalidAnswer
from customers.upstream.stripe.stripe_customer import (
    NOT_SET_UP,
    CustomerState,
    StripeCustomer,
    parse_customer,
)
from tests.helpers.stripe.customers import DOCUMENTED, parse


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

    sentence = said(refusal.value.message)
    assert sentence.endswith(".")
    assert sentence.count(".") == 1


def test_a_refusal_repeats_nothing_of_the_payload():
    with pytest.raises(InvalidAnswer) as refusal:
        parse_customer({"object": "s3cret", "id": "s3cret"})

    assert "s3cret" not in f"{refusal.value} {said(refusal.value.message)}"


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
