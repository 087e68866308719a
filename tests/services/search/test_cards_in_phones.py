"""A card in a phone is found by both its digits."""

import pytest

from customers.services.access.visible import visible_customers
from customers.services.search.find import Found, find, search
from customers.services.search.match_reasons import reasons
from customers.services.search.unfound import unfound_beside
from tests.helpers.rows import show


@pytest.fixture
def in_a_phone(ana, anas):
    """A card that ends in 4242, with a wallet number that ends in 0012."""
    show(ana, "phone", name="Wallets", last4="4242", dynamic_last4="0012")
    show(ana, "plain", name="Plain", last4="4242")
    show(ana, "other", name="Other", last4="1881")
    return ana


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("4242", ["Plain", "Wallets"]),
        ("0012", ["Wallets"]),
        ("card ending in 0012", ["Wallets"]),
        ("the card ends in 4242 or 0012", ["Plain", "Wallets"]),
    ],
)
def test_a_card_in_a_phone_is_found_by_both_its_digits(in_a_phone, text, names):
    found = search(visible_customers(in_a_phone), text)

    assert sorted(found.values_list("organization__name", flat=True)) == names


def test_digits_of_a_phone_are_not_among_what_was_not_found(in_a_phone):
    text = "card ending 4242, card ending 0012, card ending 9999"
    missing = unfound_beside(in_a_phone, text, list(search(visible_customers(in_a_phone), text)))

    assert missing.others == ["•••• 9999"]


def test_digits_of_a_phone_open_and_say_why(in_a_phone):
    customer = visible_customers(in_a_phone).get(organization__org_id="phone")

    assert find(in_a_phone, "card ending in 0012") == Found("phone")
    (wallet,) = reasons(in_a_phone, [customer], "0012")
    (card,) = reasons(in_a_phone, [customer], "4242")
    assert (wallet.fits, wallet.against) == (
        ["wallet number ends in 0012"],
        [],
    )
    assert (card.fits, card.against) == (["card ends in 4242"], [])
