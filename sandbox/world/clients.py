"""A client: a customer who is the same on every day, but for what happens to it meanwhile."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from sandbox.world.charged_states import item, subscription
from sandbox.world.customers import (
    customer_of_today,
    customer_with_cards,
    customer_with_sources,
    list_of,
)
from sandbox.world.dice import EPOCH, MONTHS_PER_YEAR, SECONDS_PER_DAY, Dice
from sandbox.world.names import person_name
from sandbox.world.payment_methods import Json, card, payment_method
from sandbox.world.practices import Country

# What a month costs, in the currency's smallest unit.
_PLANS = (("Starter", 9900), ("Practice", 24900), ("Practice", 24900), ("Network", 89900))
_BRANDS = ("Visa", "Visa", "Visa", "MasterCard", "MasterCard", "American Express")
_FUNDINGS = (*("credit",) * 5, *("debit",) * 4, "prepaid")
_BRANDS_OF_TODAY = {"Visa": "visa", "MasterCard": "mastercard", "American Express": "amex"}
_MAILBOXES = ("billing", "accounts", "office", "finance")
_MONTHS_PAID_A_YEAR = 10
_LATEST_DAY = 28  # that every month has
_NO_ADDRESS = dict.fromkeys(("city", "line1", "line2", "postal_code", "state"))


class Client:
    """`day` is the day that is asked for, `ago` how many days that is before the last of a life.

    What is drawn does not depend on the day.
    """

    def __init__(self, seed: str, lives_end_on: date, country: Country, name: str, day: date):
        rng = Random(seed)
        self._seed, self._last_day, self._country, self._day = seed, lives_end_on, country, day
        self.ago = (lives_end_on - day).days
        self._is_of_today = rng.random() < 0.6
        self._old_era = rng.choice((customer_with_cards, customer_with_sources))
        self._site = "".join(
            letter for letter in name.lower() if letter.isascii() and letter.isalnum()
        )
        self._mailbox = rng.choice(_MAILBOXES)
        self._plan = rng.choice(_PLANS)
        self._renews_in = rng.randrange(1, 29)
        self._phone = country.phone + f"{rng.randrange(100):02}"
        self._cards = [self._drawn(rng, months) for months in (rng.randrange(14, 46), 47)]
        self._seats = rng.choice((0, 0, 0, 4, 9, 16))

    @property
    def currency(self) -> str:
        return self._country.currency

    def card(self, which: int = 0, *, months: int | None = None, **changes: Any) -> Json:
        """The first or a later card of this client, that expires in so many months."""
        expiry = {} if months is None else self._dice("").month(months)
        details = self._cards[which] | expiry | changes
        dice = self._dice(f"card {which}")
        if not self._is_of_today:
            return card(dice, **details)
        holder = details.pop("name")
        brand = _BRANDS_OF_TODAY.get(details["brand"], details["brand"].lower())
        checks = {"address_line1_check": None, "cvc_check": details.pop("cvc_check", "pass")}
        checks["address_postal_code_check"] = details.pop("address_zip_check", "pass")
        networks = {"available": [brand], "preferred": None}
        method = payment_method(
            dice, **(details | {"brand": brand, "checks": checks, "networks": networks})
        )
        method["billing_details"]["name"] = holder
        return method

    def pays_with(self, method: Json | None, *, owed: int = 0, **changes: Any) -> Json:
        """The customer, who has one subscription; `changes` are the subscription's."""
        return self.without_subscription(method, owed, self.subscribed(**changes))

    def without_subscription(self, method: Json | None, owed: int, *subscriptions: Json) -> Json:
        dice = self._dice("customer")
        if self._is_of_today:
            customer = customer_of_today(dice, method, balance=owed) | self._contact()
            if method is None:  # said outright, or nobody could tell
                customer["sources"] = list_of(customer, "sources", [])
        else:
            methods = [] if method is None else [method]
            customer = self._old_era(dice, methods, account_balance=owed)
        customer |= {"currency": self.currency, "email": f"{self._mailbox}@{self._site}.example"}
        worst = {one["status"] for one in subscriptions}
        customer["delinquent"] = bool(worst & {"past_due", "unpaid"})
        customer["subscriptions"] = list_of(customer, "subscriptions", list(subscriptions))
        return customer

    def subscribed(self, *, renews_in: int | None = None, months: int = 1, **changes: Any) -> Json:
        """Its subscription, by the month or the year, in the period that the day is in."""
        dice = self._dice("subscription")
        name, amount = self._plan
        is_yearly = months > 1
        recurring = {
            "interval": "year" if is_yearly else "month",
            "interval_count": 1,
            "usage_type": "licensed",
        }
        price: Json = {"currency": self.currency, "recurring": recurring}
        times = _MONTHS_PAID_A_YEAR if is_yearly else 1
        words = f"{name}, {'yearly' if is_yearly else 'monthly'}"
        items = [item(dice, words, amount * times, **price)]
        if self._seats:
            items.append(item(dice, "Seats", 1900 * times, self._seats, **price))
        renews_on = self._last_day + timedelta(days=renews_in or self._renews_in)
        start, end = _period_of(self._day, renews_on, months)
        return subscription(
            dice,
            *items,
            currency=self.currency,
            current_period_start=moment_of(start),
            current_period_end=moment_of(end),
            **changes,
        )

    def account(self, make: Callable[..., Json], **details: Any) -> Json:
        """A bank account or the like, which makes it a client of the years of sources."""
        self._is_of_today, self._old_era = False, customer_with_sources
        return make(self._dice("account"), **details)

    def method_by_id(self) -> Json:
        """A customer of today whose payment method is named and not described."""
        self._is_of_today = True
        told = self.pays_with(None)
        told["invoice_settings"]["default_payment_method"] = self._dice("id").token("pm_", 24)
        return told

    def in_days(self, days: int) -> int:
        """A moment so many days after the last of a life."""
        return moment_of(self._last_day + timedelta(days=days))

    def stub(self) -> Json:
        """What is left of it once it is deleted."""
        told = self.without_subscription(None, 0)
        return {"id": told["id"], "object": "customer", "deleted": True}

    def _contact(self) -> Json:
        country = self._country
        return {
            "address": _NO_ADDRESS | {"country": country.code},
            "phone": self._phone,
            "preferred_locales": [country.language],
            "tax_exempt": country.tax,
        }

    def _dice(self, purpose: str) -> Dice:
        return Dice(Random(f"{self._seed} {purpose}"), self._last_day)

    def _drawn(self, rng: Random, months: int) -> Json:
        return {
            "brand": rng.choice(_BRANDS),
            "funding": rng.choice(_FUNDINGS),
            "last4": f"{rng.randrange(10_000):04}",
            "country": self._country.code,
            "name": person_name(rng),
            **self._dice("").month(months),
        }


def moment_of(day: date) -> int:
    return (day - EPOCH).days * SECONDS_PER_DAY


def _period_of(day: date, ends_on: date, months: int) -> tuple[date, date]:
    """The period of so many months that `day` is in, where one of them ends on `ends_on`."""
    ahead = _month_number(day) - _month_number(ends_on)
    end = _months_later(ends_on, ahead // months * months)
    while end <= day:
        end = _months_later(end, months)
    return _months_later(end, -months), end


def _month_number(day: date) -> int:
    return day.year * MONTHS_PER_YEAR + day.month - 1


def _months_later(day: date, months: int) -> date:
    year, month = divmod(_month_number(day) + months, MONTHS_PER_YEAR)
    return date(year, month + 1, min(day.day, _LATEST_DAY))
