"""Any number of realistic organizations, made on demand."""

from collections.abc import Callable
from datetime import date
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from sandbox.world import states
from sandbox.world.customers import (
    contact,
    customer_of_today,
    customer_with_both_names,
    customer_with_cards,
    customer_with_sources,
    with_subscription,
)
from sandbox.world.dice import Dice
from sandbox.world.names import organization_description, organization_name, person_name
from sandbox.world.payment_methods import Json, card, payment_method
from sandbox.world.people import ANA, BEN
from sandbox.world.seeds import seeded_uuid

Choice = TypeVar("Choice")
Era = Callable[..., Json]


class Weighted(Generic[Choice]):
    """Weights are summed once, since every organization picks several times."""

    def __init__(self, weights: dict[Choice, int]) -> None:
        self._choices = list(weights)
        self._cumulative = list(accumulate(weights.values()))

    def pick(self, dice: Dice) -> Choice:
        return dice.rng.choices(self._choices, cum_weights=self._cumulative)[0]


ANA_SEES = 0.9
BEN_SEES = 0.5
IN_TEST_MODE = 0.02
EXPANDED_DEFAULT = 0.2

CONDITIONS = Weighted(
    {
        "fine": 79,
        "not set up": 4,
        "expired": 3,
        "expires this month": 2,
        "expires next month": 3,
        "delinquent": 3,
        "no method": 2,
        "details not sent": 2,
        "bank account": 2,
    }
)
CARDS = Weighted(
    {
        ("Visa", "credit"): 34,
        ("Visa", "debit"): 18,
        ("MasterCard", "credit"): 20,
        ("MasterCard", "debit"): 8,
        ("American Express", "credit"): 14,
        ("Discover", "credit"): 4,
        ("Visa", "prepaid"): 1,
        ("Diners Club", "credit"): 1,
    }
)
ERAS = Weighted[Era](
    {
        customer_with_cards: 60,
        customer_with_both_names: 12,
        customer_with_sources: 14,
    }
)
BALANCES = (0, 0, 0, 0, 0, 0, 0, -1250, -5000, -20000, 990, 4990)


def generated_id(seed: int, number: int) -> str:
    return seeded_uuid(seed, "organization", str(number))


class GeneratedOrganization:
    """Listing its texts does not make the customer."""

    def __init__(self, seed: int, number: int, today: date) -> None:
        self._today = today
        self._rng = Random(f"{seed} organization {number}")
        self.name = organization_name(self._rng)
        self.description = organization_description(self._rng)
        self.seen_by = _viewers(self._rng)

    def customer(self, _day: date) -> Json | None:
        """The same on every day; None if not set up. Call it once: it consumes dice."""
        return _customer(Dice(self._rng, self._today))


def _customer(dice: Dice) -> Json | None:
    condition = CONDITIONS.pick(dice)
    if condition == "not set up":
        return None
    customer = _in_condition(dice, condition)
    customer["livemode"] = dice.rng.random() >= IN_TEST_MODE
    return customer | contact(dice) if "tax_exempt" in customer else customer


def _viewers(rng: Random) -> frozenset[str]:
    chances = ((ANA, ANA_SEES), (BEN, BEN_SEES))
    return frozenset(username for username, chance in chances if rng.random() < chance)


def _in_condition(dice: Dice, condition: str) -> Json:
    if condition == "no method":
        return customer_with_cards(dice, [])
    if condition == "details not sent":
        return states.payment_method_id_only(dice)
    if condition == "bank account":
        return states.pays_from_a_bank_account(dice)
    return _with_a_card(dice, condition)


def _with_a_card(dice: Dice, condition: str) -> Json:
    expiry = dice.month(_months_left(dice, condition))
    is_delinquent = condition == "delinquent"
    customer = _of_some_era(dice, expiry)
    customer["delinquent"] = is_delinquent
    status = "past_due" if is_delinquent else "active"
    return with_subscription(dice, customer, status, renews_in=dice.rng.randrange(1, 30))


def _of_some_era(dice: Dice, expiry: dict[str, int]) -> Json:
    balance = dice.rng.choice(BALANCES)
    if dice.rng.random() < EXPANDED_DEFAULT:
        brand, funding = CARDS.pick(dice)
        method = payment_method(dice, brand=brand.lower(), funding=funding, **expiry)
        return customer_of_today(dice, method, balance=balance)
    cards = [_card(dice, expiry)]
    return ERAS.pick(dice)(dice, cards, account_balance=balance)


def _card(dice: Dice, expiry: dict[str, int]) -> Json:
    brand, funding = CARDS.pick(dice)
    return card(
        dice,
        brand=brand,
        funding=funding,
        name=person_name(dice.rng),
        address_zip=dice.digits(5),
        address_zip_check="pass",
        **expiry,
    )


def _months_left(dice: Dice, condition: str) -> int:
    if condition == "expired":
        return dice.rng.randrange(-14, 0)
    soon = {"expires this month": 0, "expires next month": 1}
    return soon.get(condition, dice.rng.randrange(3, 50))
