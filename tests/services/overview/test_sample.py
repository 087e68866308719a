"""How fresh what a user may see is, and which cards are in it."""

from customers.models import Customer
from customers.services.overview import sample as sampling
from customers.services.overview.sample import card_mix, freshness
from tests.helpers.rows import ago, show


def test_freshness_says_since_when_most_have_been_checked(ana, anas):
    for number in range(20):
        show(ana, f"org-{number}", checked_at=ago(60 if number == 0 else number / 10))

    fresh = freshness(ana, 20)

    assert fresh.total == 20
    assert fresh.stale == 1
    assert fresh.oldest < ago(59)
    assert ago(3) < fresh.most_since < ago(1.8)


def test_freshness_of_nothing(ana):
    assert freshness(ana, 0) == sampling.Freshness(0, 0, None, None)


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


def test_more_than_the_sample_is_told_from_the_sample(ana, anas, monkeypatch):
    monkeypatch.setattr(sampling, "SAMPLE", 2)
    for number in range(3):
        show(ana, f"org-{number}", brand="Visa")

    assert card_mix(ana).total == 2
    assert freshness(ana, 2).most_since is not None
