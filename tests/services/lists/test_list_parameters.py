"""A list as a saved view stores it comes back as the same list."""

from datetime import date

import pytest

from customers.services.lists.list_parameters import (
    CHOICES,
    parameters_of,
    stored_list,
    wrong_parameters,
)
from customers.services.lists.listing import FILTERS, Listed
from customers.services.saved_views.refusals import CATEGORIES

VISA_DEBIT = {"brand": "Visa", "funding": "debit", "currency": "eur"}


@pytest.mark.parametrize(
    "listed",
    [
        Listed(),
        Listed("delinquent", filters=VISA_DEBIT, sort="-balance"),
        Listed("changed", sort="-since"),
        Listed(text="northwind 4242", sort="best"),
        Listed(card_of="acme", case="mine", mode="live", expires=date(2028, 2, 29)),
        Listed(filters=dict.fromkeys(FILTERS, "x"), sort="-checked"),
    ],
)
def test_a_stored_list_is_the_same_list(listed):
    assert stored_list(parameters_of(listed)) == listed


def test_a_place_on_the_list_is_not_stored():
    listed = Listed("delinquent", sort="renewal", after="x", before="y", start=26, left_out=3)

    assert parameters_of(listed) == {"worklist": "delinquent"}


def test_the_usual_order_is_stored_as_none():
    assert parameters_of(Listed("delinquent", sort="renewal")) == {"worklist": "delinquent"}
    assert parameters_of(Listed(text="x", sort="best")) == {"q": "x"}
    assert parameters_of(Listed("delinquent", sort="name"))["sort"] == "name"


def test_what_a_release_no_longer_knows_is_left_out():
    former = {"worklist": "gone", "sort": "-gone", "case": "gone", "mode": "x", "gone": "x"}

    assert stored_list({**former, "expires": "2026-13", "brand": "Visa"}) == Listed(
        filters={"brand": "Visa"}
    )


def test_every_filter_says_which_values_are_categories():
    assert set(CATEGORIES) == set(FILTERS)


@pytest.mark.parametrize(
    ("parameters", "wrong"),
    [
        ({}, set()),
        ({"worklist": "expired", "sort": "-since", "case": "open", "mode": "live"}, set()),
        ({"q": "Health", "brand": "Visa", "expires": "2027-05", "card_of": "org-1"}, set()),
        ({"worklist": "none", "sort": "size", "case": "shut", "mode": "real"}, set(CHOICES)),
        ({"worklist": "", "q": "", "brand": ""}, {"worklist", "q", "brand"}),
        ({"q": "x" * 50_001, "brand": "x" * 201, "wallet": "\x00"}, {"q", "brand", "wallet"}),
        (
            {"expires": "2027-13", "card_of": "a/b", "colour": "red"},
            {"expires", "card_of", "colour"},
        ),
    ],
)
def test_programs_are_told_what_pages_ignore(parameters, wrong):
    assert set(wrong_parameters(parameters)) == wrong
