"""What a shared view may hold: categories, and nothing that could name a customer."""

from datetime import date

import pytest

from customers.services.lists.listing import Listed
from customers.services.saved_views.refusals import (
    Refusal,
    ViewRefused,
    refuse_list,
    refuse_name,
)

CARD_NUMBER = "4242 4242 4242 4242"
SHARED = [
    {"worklist": "delinquent"},
    {"worklist": "mine", "case": "mine"},
    {"filters": {"brand": "Visa", "funding": "debit", "currency": "eur"}},
    {"filters": {"wallet": "apple_pay", "country": "DE", "tax_exempt": "reverse"}},
    {"mode": "test", "expires": date(2027, 5, 31), "sort": "-balance"},
]
PRIVATE = [
    ({"text": "northwind"}, Refusal.SHARES_TEXT),
    ({"text": "4242"}, Refusal.SHARES_TEXT),
    ({"card_of": "acme"}, Refusal.SHARES_CARD_OF),
    ({"filters": {"brand": "Northwind Clinics"}}, Refusal.SHARES_VALUE),
    ({"filters": {"funding": "northwind"}}, Refusal.SHARES_VALUE),
    ({"filters": {"wallet": "cus_1"}}, Refusal.SHARES_VALUE),
    ({"filters": {"country": "Northwind"}}, Refusal.SHARES_VALUE),
    ({"filters": {"country": "ZZQ"}}, Refusal.SHARES_VALUE),
    ({"filters": {"currency": "ibm"}}, Refusal.SHARES_VALUE),
    ({"filters": {"tax_exempt": "4242"}}, Refusal.SHARES_VALUE),
]


def refused(check):
    try:
        check()
    except ViewRefused as exc:
        return exc.why
    return None


@pytest.mark.parametrize("facts", SHARED)
def test_categories_can_be_shared(facts):
    assert refused(lambda: refuse_list(Listed(**facts), is_shared=True)) is None


@pytest.mark.parametrize(("facts", "why"), PRIVATE)
def test_what_could_name_a_customer_stays_private(facts, why):
    listed = Listed(**facts)

    assert refused(lambda: refuse_list(listed, is_shared=True)) is why
    assert refused(lambda: refuse_list(listed, is_shared=False)) is None


def test_neither_card_numbers_nor_endless_lists_are_kept():
    number, endless = Listed(text=f"visa {CARD_NUMBER}"), Listed(text="x " * 2_000)
    filters = Listed(filters={"brand": "x" * 2_001})

    assert refused(lambda: refuse_list(number, is_shared=False)) is Refusal.LIST_HOLDS_CARD
    for listed in (endless, filters):
        assert refused(lambda kept=listed: refuse_list(kept, is_shared=False)) is (
            Refusal.LIST_TOO_LONG
        )


@pytest.mark.parametrize(
    ("name", "own", "shared"),
    [
        ("Over $500, no owner", None, None),
        ("Renewals 2027", None, None),
        ("", Refusal.NAME_MISSING, Refusal.NAME_MISSING),
        ("x" * 61, Refusal.NAME_TOO_LONG, Refusal.NAME_TOO_LONG),
        (CARD_NUMBER, Refusal.NAME_HOLDS_CARD, Refusal.NAME_HOLDS_CARD),
        ("like cus_abc123", None, Refusal.NAME_TELLS),
        ("for dana@northwind.example", None, Refusal.NAME_TELLS),
        ("6b1f8c1e-0d3c-4f0e-9a51-0c4d7a1b2c3d", None, Refusal.NAME_TELLS),
        ("Visa ending in 4242", None, Refusal.NAME_TELLS),
    ],
)
def test_a_name_holds_no_card_number_and_a_shared_one_no_id(name, own, shared):
    assert refused(lambda: refuse_name(name, is_shared=False)) is own
    assert refused(lambda: refuse_name(name, is_shared=True)) is shared
