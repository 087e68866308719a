"""Payment methods of every API version give the same values."""

import pytest

from customers.upstream.stripe.payment_method import PaymentMethod, read_payment_method
from tests.helpers.stripe.payment_objects import (
    BANK_ACCOUNT,
    CARD,
    OLD_CARD,
    PAYMENT_METHOD,
    SOURCE,
)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            CARD,
            PaymentMethod(
                id="card_1",
                kind="card",
                type="card",
                brand="Visa",
                last4="0341",
                exp_month=12,
                exp_year=2013,
                funding="credit",
                country="US",
                fingerprint="fWvZEzdbEIFF8QrK",
                holder_name="Ada Starr",
                cvc_check="pass",
                address_line1_check="fail",
                address_zip_check="unavailable",
            ),
        ),
        (
            BANK_ACCOUNT,
            PaymentMethod(
                id="ba_1",
                kind="bank_account",
                type="bank_account",
                last4="6789",
                country="US",
                fingerprint="wxXSAD5idPUzgBEz",
                holder_name="Jane Austen",
                bank_name="STRIPE TEST BANK",
            ),
        ),
        (
            PAYMENT_METHOD,
            PaymentMethod(
                id="pm_1",
                kind="card",
                type="card",
                brand="Visa",
                last4="4242",
                wallet="apple_pay",
                exp_month=12,
                exp_year=2022,
                funding="credit",
                country="US",
                fingerprint="PXj5xzTtGdBo1fVl",
                holder_name="Jane Doe",
                cvc_check="unchecked",
                address_line1_check="fail",
                address_zip_check="pass",
            ),
        ),
        (
            SOURCE,
            PaymentMethod(
                id="src_1",
                kind="card",
                type="card",
                brand="Visa",
                last4="4242",
                exp_month=6,
                exp_year=2021,
                holder_name="John Doe",
            ),
        ),
    ],
    ids=["card", "bank account", "payment method", "source"],
)
def test_each_of_stripes_four_objects_is_read_whole(item, expected):
    assert read_payment_method(item) == expected


@pytest.mark.parametrize(
    "item",
    [
        {"id": "x"},
        {"id": "card_1", "object": "card"},
        {"id": "card_1", "object": "card", "type": "card", "metadata": {"a": "b"}},
        {"id": "card_1", "object": "card", "last4": None, "exp_month": 0, "name": "Ada"},
        {"id": "card_1", "object": "card", "deleted": True},
        {"id": "ba_1", "object": "bank_account"},
        {"id": "pm_1", "object": "payment_method"},
        {"id": "pm_1", "object": "payment_method", "type": "card", "card": {}},
        {"id": "pm_1", "object": "payment_method", "type": "us_bank_account"},
        {"id": "src_1", "object": "source", "type": None, "card": {"last4": "4242"}},
    ],
)
def test_an_object_that_only_says_which_one_it_is_describes_nothing(item):
    assert not read_payment_method(item).is_described


@pytest.mark.parametrize(
    "fact",
    [
        *({"last4": "4242"}, {"brand": "Visa"}, {"exp_month": 5}, {"exp_year": 2031}),
        *({"funding": "debit"}, {"country": "US"}, {"fingerprint": "print1"}, {"bank_name": "B"}),
    ],
)
def test_a_single_fact_describes_a_card(fact):
    assert read_payment_method({"id": "card_1", "object": "card", **fact}).is_described


@pytest.mark.parametrize("stripe_type", ["swish", "link", "bancontact", "ach_credit_transfer"])
@pytest.mark.parametrize("kind_of_object", ["source", "payment_method"])
def test_other_kinds_are_described_by_their_type(stripe_type, kind_of_object):
    item = {"id": "pm_1", "object": kind_of_object, "type": stripe_type, stripe_type: {}}
    item |= {"exp_month": 5}  # which makes it no card

    method = read_payment_method(item)

    assert (method.kind, method.type, method.is_described) == ("other", stripe_type, True)


@pytest.mark.parametrize(
    ("stripe_type", "kind"),
    [
        ("card", "card"),
        ("card_present", "card"),
        ("interac_present", "card"),
        ("three_d_secure", "card"),
        ("us_bank_account", "bank_account"),
        ("sepa_debit", "bank_account"),
        ("bacs_debit", "bank_account"),
        ("au_becs_debit", "bank_account"),
        ("acss_debit", "bank_account"),
        ("nz_bank_account", "bank_account"),
        ("ach_debit", "bank_account"),
        ("paypal", "other"),
    ],
)
def test_details_are_under_the_key_that_the_type_names(stripe_type, kind):
    item = {"id": "pm_1", "object": "payment_method", "type": stripe_type}
    item |= {"card": {"last4": "1111"}, "sepa_debit": {"last4": "1111"}}
    item[stripe_type] = {"last4": "6789", "bank_name": "A Bank"}

    method = read_payment_method(item)

    assert (method.kind, method.last4, method.bank_name) == (kind, "6789", "A Bank")


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ({"last4": "1234", "exp_month": 12, "exp_year": 2020}, "card"),
        ({"id": "card_1", "last4": "1234"}, "card"),
        ({"type": "card", "card": {"last4": "1234"}}, "card"),
        ({"id": "ba_1", "last4": "6789"}, "bank_account"),
        ({"routing_number": "110000000", "last4": "6789"}, "bank_account"),
        ({"type": "sepa_debit", "exp_month": 12}, "bank_account"),
    ],
)
def test_an_item_without_object_is_known_by_its_looks(item, kind):
    assert read_payment_method(item).kind == kind


def test_a_type_that_is_not_known_stays_without_object_too():
    method = read_payment_method({"type": "swish", "swish": {}})

    assert (method.kind, method.type) == ("other", "swish")


def test_an_object_of_another_kind_is_its_own_type():
    method = read_payment_method({"object": "alipay_account", "id": "aliacc_1", "type": "x"})

    assert (method.kind, method.type, method.is_described) == ("other", "alipay_account", True)


@pytest.mark.parametrize(
    "item",
    [
        {"object": "card", "type": "card", "last4": "4242"},
        {"object": "card", "type": "Card", "last4": "4242"},
        {"object": "source", "type": "Visa", "last4": "4242"},
        {"object": "payment_method", "type": "card", "card": {"type": "Visa", "last4": "4242"}},
        {"type": "Visa", "last4": "4242", "exp_month": 5},
    ],
)
def test_the_type_is_no_brand_except_on_an_old_card(item):
    assert read_payment_method(item).brand == ""


@pytest.mark.parametrize("brand", [None, "", 5])
def test_the_type_of_an_old_card_without_brand_is_its_brand(brand):
    assert read_payment_method({**OLD_CARD, "brand": brand, "type": "MasterCard"}).brand == (
        "Mastercard"
    )


def test_an_embedded_active_card_is_an_old_card_even_if_it_does_not_say_so():
    card = {"type": "Visa", "last4": "0341"}

    method = read_payment_method(card, is_active_card=True)

    assert (method.kind, method.brand, method.last4) == ("card", "Visa", "0341")
