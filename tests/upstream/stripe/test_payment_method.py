"""Payment methods of every API version give the same values."""

from datetime import date

import pytest

from customers.upstream.stripe.payment_method import PaymentMethod, expires_on, read_payment_method

OLD_CARD = {
    "object": "card",
    "last4": "0341",
    "type": "Visa",
    "exp_month": 12,
    "exp_year": 2013,
    "fingerprint": "fWvZEzdbEIFF8QrK",
    "country": "US",
    "name": "Ada Starr",
    "cvc_check": "pass",
    "address_line1_check": "fail",
    "address_zip_check": "unavailable",
}
CARD = {**OLD_CARD, "id": "card_1", "type": "ignored", "brand": "Visa", "funding": "Credit"}
BANK_ACCOUNT = {
    "id": "ba_1",
    "object": "bank_account",
    "account_holder_name": "Jane Austen",
    "bank_name": "STRIPE TEST BANK",
    "country": "US",
    "fingerprint": "wxXSAD5idPUzgBEz",
    "last4": "6789",
    "routing_number": "110000000",
}
PAYMENT_METHOD = {
    "id": "pm_1",
    "object": "payment_method",
    "type": "card",
    "billing_details": {"name": "Jane Doe"},
    "card": {
        "brand": "visa",
        "checks": {
            "address_line1_check": "fail",
            "address_postal_code_check": "pass",
            "cvc_check": "unchecked",
        },
        "country": "US",
        "exp_month": 12,
        "exp_year": 2022,
        "fingerprint": "PXj5xzTtGdBo1fVl",
        "funding": "credit",
        "last4": "4242",
        "wallet": {"type": "apple_pay", "apple_pay": {}},
    },
}
SOURCE = {
    "id": "src_1",
    "object": "source",
    "type": "card",
    "card": {"brand": "Visa", "last4": "4242", "exp_month": 6, "exp_year": 2021, "name": None},
    "owner": {"name": "John Doe"},
}


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


@pytest.mark.parametrize("stripe_type", ["swish", "link", "bancontact", "ach_credit_transfer"])
@pytest.mark.parametrize("kind_of_object", ["source", "payment_method"])
def test_other_kinds_are_described_by_their_type(stripe_type, kind_of_object):
    item = {"id": "pm_1", "object": kind_of_object, "type": stripe_type, stripe_type: {}}

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
        ({"type": "swish", "swish": {}}, "other"),
    ],
)
def test_an_item_without_object_is_known_by_its_looks(item, kind):
    assert read_payment_method(item).kind == kind


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
