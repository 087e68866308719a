"""How fresh what a user may see is, and which cards are in it."""

from datetime import timedelta

import pytest

from customers.models import Customer
from customers.services.overview import sample as sampling
from customers.services.overview.sample import card_mix, freshness
from tests.helpers.rows import ago, show


@pytest.mark.parametrize(
    ("late", "percent"), [(0, 100), (1, 95), (20, 0)], ids=["all", "most", "none"]
)
def test_freshness_says_how_many_meet_the_objective(ana, anas, settings, late, percent):
    settings.FRESHNESS_OBJECTIVE = timedelta(minutes=30)
    for number in range(20):
        show(ana, f"org-{number}", checked_at=ago(60 if number < late else 5))

    fresh = freshness(ana, 20)

    assert (fresh.total, fresh.counted, fresh.late) == (20, 20, late)
    assert (fresh.percent, fresh.is_sampled) == (percent, False)
    assert (fresh.oldest < ago(59)) is (late > 0)


def test_not_all_of_many_meet_the_objective_if_one_does_not():
    assert sampling.Freshness(1000, 1000, 1, None).percent == 99


def test_freshness_of_nothing(ana):
    assert freshness(ana, 0) == sampling.Freshness(0, 0, 0, None)


def test_cards_are_counted_by_brand_and_funding_the_most_first(ana, anas, ben, bens):
    show(ana, "one", brand="Visa", funding="credit")
    show(ana, "two", brand="Visa", funding="unknown")
    show(ana, "three", brand="JCB", funding="")
    show(ana, "bank", brand="", state=Customer.State.BANK_ACCOUNT)
    show(ben, "bens", brand="Discover", funding="debit")

    mix = card_mix(ana)

    assert mix.total == 3
    assert mix.brands == [("Visa", 2), ("JCB", 1)]
    assert sorted(mix.fundings) == [("", 2), ("credit", 1)]


def test_more_than_are_counted_are_told_from_the_sample(ana, anas, settings, monkeypatch):
    settings.FRESHNESS_OBJECTIVE = timedelta(minutes=30)
    monkeypatch.setattr(sampling, "SAMPLE", 2)
    monkeypatch.setattr(sampling, "COUNT_CAP", 2)
    for number in range(3):
        show(ana, f"org-{number}", brand="Visa", checked_at=ago(5 if number else 60))

    fresh = freshness(ana, 3)

    assert card_mix(ana).total == 2
    assert (fresh.counted, fresh.late, fresh.percent, fresh.is_sampled) == (2, 1, 50, True)
