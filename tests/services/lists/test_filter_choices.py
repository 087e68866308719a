"""What a list can be filtered by: what occurs in what the user may see, found in bounded time."""

import pytest

from customers.services.lists import filter_choices as module
from customers.services.lists.filter_choices import find_choices
from tests.helpers.rows import show


@pytest.fixture(params=["few", "many"])
def either_way(request, monkeypatch):
    """Read from the user's own rows, or looked up value by value as where there are many."""
    if request.param == "many":
        monkeypatch.setattr(module, "FEW", 0)


def test_values_are_told_once_and_in_order(ana, anas, either_way):
    for number, brand in enumerate(["Visa", "Amex", "Visa", ""]):
        show(ana, f"org-{number}", brand=brand, country="US")

    found = find_choices(ana)

    assert found["brand"] == ["Amex", "Visa"]
    assert found["country"] == ["US"]


def test_a_value_that_only_others_see_is_not_told(ana, anas, ben, bens, either_way):
    show(ana, "mine", brand="Visa", currency="usd")
    show(ben, "theirs", brand="JCB", currency="jpy")

    found = find_choices(ana)

    assert found["brand"] == ["Visa"]
    assert found["currency"] == ["usd"]


def test_who_sees_nothing_is_told_no_value(ana, anas, ben, bens, either_way):
    show(ben, "theirs", brand="JCB")

    assert find_choices(ana)["brand"] == []
