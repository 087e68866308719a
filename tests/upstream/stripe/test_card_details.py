"""Brand, digits and expiry of a card of any Stripe era, in a phone or of several brands too."""

from datetime import date

import pytest

from customers.upstream.stripe.payment_method import expires_on, read_payment_method
from tests.helpers.stripe.payment_objects import BANK_ACCOUNT, CARD, PAYMENT_METHOD, SOURCE


@pytest.mark.parametrize(
    ("sent", "brand"),
    [
        ("Visa", "Visa"),
        ("visa", "Visa"),
        ("VISA", "Visa"),
        ("MasterCard", "Mastercard"),
        ("mastercard", "Mastercard"),
        ("amex", "American Express"),
        ("American Express", "American Express"),
        ("american_express", "American Express"),
        ("discover", "Discover"),
        ("diners", "Diners Club"),
        ("diners_club", "Diners Club"),
        ("Diners Club", "Diners Club"),
        ("jcb", "JCB"),
        ("unionpay", "UnionPay"),
        ("union_pay", "UnionPay"),
        ("China UnionPay", "UnionPay"),
        ("cartes_bancaires", "Cartes Bancaires"),
        ("eftpos_au", "eftpos"),
        ("Eftpos Australia", "eftpos"),
        ("unknown", "Unknown"),
        ("Unknown", "Unknown"),
        ("Elo Nanquim", "Elo Nanquim"),
    ],
)
def test_a_brand_has_one_spelling_in_every_era(sent, brand):
    assert read_payment_method({"object": "card", "brand": sent}).brand == brand


@pytest.mark.parametrize(
    ("sent", "last4"),
    [
        ("0341", "0341"),
        (341, "0341"),
        (0, "0000"),
        (4242, "4242"),
        (42424, ""),
        (-1, ""),
        (True, ""),
        (4242.0, ""),
        (None, ""),
        ([], ""),
    ],
)
def test_last4_is_text_with_its_zeros(sent, last4):
    assert read_payment_method({"object": "card", "last4": sent}).last4 == last4


@pytest.mark.parametrize(
    ("month", "year", "expected"),
    [
        (0, 0, (None, None)),
        (13, 10000, (None, None)),
        (True, True, (None, None)),
        ("x", "", (None, None)),
        (None, [], (None, None)),
        (float("nan"), float("inf"), (None, None)),
        (5.5, 2015.5, (None, None)),
        (5, 15, (5, None)),
        (5, "15", (5, None)),
        (5, 1969, (5, None)),
        ("05", "2015", (5, 2015)),
        (5.0, 2015.0, (5, 2015)),
        (12, 9999, (12, 9999)),
    ],
)
def test_an_impossible_month_or_year_is_absent(month, year, expected):
    method = read_payment_method({"object": "card", "exp_month": month, "exp_year": year})

    assert (method.exp_month, method.exp_year) == expected


def test_a_bank_account_has_no_expiry():
    method = read_payment_method({**BANK_ACCOUNT, "exp_month": 5, "exp_year": 2015})

    assert (method.exp_month, method.exp_year) == (None, None)


@pytest.mark.parametrize("rubbish", [None, True, 5, "x", [], ["x"], {}, {"card": {}}])
@pytest.mark.parametrize(
    "key", ["card", "billing_details", "owner", "type", "object", "checks", "last4"]
)
def test_rubbish_in_one_place_leaves_the_id(key, rubbish):
    assert read_payment_method({**PAYMENT_METHOD, key: rubbish}).id == "pm_1"


@pytest.mark.parametrize(
    ("month", "year"),
    [(None, 2015), (5, None), (0, 2015), (13, 2015), (5, 0), (5, -1), (5, 10000)],
)
def test_without_a_possible_month_and_year_the_expiry_is_unknown(month, year):
    assert expires_on(month, year) is None


@pytest.mark.parametrize(
    ("month", "year", "expected"),
    [
        (5, 2015, date(2015, 5, 31)),
        (2, 2023, date(2023, 2, 28)),
        (2, 2024, date(2024, 2, 29)),
        (12, 9999, date(9999, 12, 31)),
    ],
)
def test_a_card_is_valid_through_the_last_day_of_its_month(month, year, expected):
    assert expires_on(month, year) == expected


def with_card(**details):
    return {**PAYMENT_METHOD, "card": {**PAYMENT_METHOD["card"], **details}}


@pytest.mark.parametrize(
    ("item", "wallet", "dynamic_last4"),
    [
        (with_card(wallet={"type": "apple_pay", "dynamic_last4": "0012"}), "apple_pay", "0012"),
        (with_card(wallet={"type": "google_pay", "dynamic_last4": 12}), "google_pay", "0012"),
        (with_card(wallet={"type": "samsung_pay", "dynamic_last4": None}), "samsung_pay", ""),
        (with_card(wallet={"type": "link"}), "link", ""),
        (with_card(wallet={"type": "some_day_pay"}), "some_day_pay", ""),
        (with_card(wallet=None), "", ""),
        (with_card(wallet="apple_pay"), "", ""),
        (
            {**CARD, "tokenization_method": "apple_pay", "dynamic_last4": "0012"},
            "apple_pay",
            "0012",
        ),
        ({**CARD, "tokenization_method": "android_pay"}, "google_pay", ""),
        ({**CARD, "tokenization_method": None, "dynamic_last4": None}, "", ""),
        (
            {**SOURCE, "card": {**SOURCE["card"], "dynamic_last4": "0012"}},
            "",
            "0012",
        ),
    ],
)
def test_a_card_in_a_phone_has_digits_of_its_own_beside_those_of_the_card(
    item, wallet, dynamic_last4
):
    method = read_payment_method(item)

    assert (method.wallet, method.dynamic_last4) == (wallet, dynamic_last4)
    assert method.last4 in ("0341", "4242")


@pytest.mark.parametrize(
    ("details", "brand"),
    [
        ({"display_brand": "cartes_bancaires"}, "Cartes Bancaires"),
        ({"display_brand": "eftpos_australia"}, "eftpos"),
        (
            {"display_brand": "mastercard", "networks": {"preferred": "cartes_bancaires"}},
            "Mastercard",
        ),
        (
            {"networks": {"available": ["visa", "eftpos_au"], "preferred": "eftpos_au"}},
            "eftpos",
        ),
        ({"networks": {"available": ["visa", "cartes_bancaires"], "preferred": None}}, "Visa"),
        ({"display_brand": "other", "networks": {"preferred": "girocard"}}, "Girocard"),
        ({"display_brand": "other"}, "Visa"),
        ({"display_brand": None, "networks": None}, "Visa"),
        ({"display_brand": 5, "networks": ["cartes_bancaires"]}, "Visa"),
    ],
)
def test_a_card_of_several_brands_goes_by_the_one_that_was_chosen(details, brand):
    assert read_payment_method(with_card(**details)).brand == brand
    assert read_payment_method({**CARD, **details}).brand == brand
