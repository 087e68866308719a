"""Stripe Customers of every API version, from `active_card` in 2011 to PaymentMethods."""

from typing import Any

from sandbox.world.dice import Dice
from sandbox.world.payment_methods import Json

PAGE_OF_A_LIST = 10
# A country, its language, a number kept for films without its last two digits, and Stripe's word
# for the tax.
_HOMES = (
    ("US", "en-US", "+1 202 555 01", "none"),
    ("US", "en-US", "+1 212 555 01", "exempt"),
    ("GB", "en-GB", "+44 20 7946 09", "reverse"),
    ("DE", "de-DE", "+49 30 23125 9", "reverse"),
    ("FR", "fr-FR", "+33 1 99 00 12 ", "reverse"),
)


def customer_of_the_first_era(dice: Dice, active_card: Json | None, **changes: Any) -> Json:
    """Until July 2013: `active_card` and `subscription`, no lists."""
    customer = _anyone(dice)
    customer |= {"account_balance": 0, "active_card": active_card, "subscription": None}
    return customer | changes


def customer_with_cards(dice: Dice, cards: list[Json], **changes: Any) -> Json:
    """July 2013 to February 2015: `cards` and `default_card`, by default the first."""
    customer = _anyone(dice)
    customer |= {
        "subscriptions": list_of(customer, "subscriptions", []),
        "account_balance": 0,
        "currency": "usd",
        "cards": list_of(customer, "cards", cards),
        "default_card": _first_id(cards),
    }
    return customer | changes


def customer_with_sources(dice: Dice, sources: list[Json], **changes: Any) -> Json:
    """February 2015 to 2019: `sources` and `default_source`, by default the first."""
    customer = _anyone(dice)
    customer |= {
        "account_balance": 0,
        "currency": "usd",
        "default_source": _first_id(sources),
        "shipping": None,
        "sources": list_of(customer, "sources", sources),
        "subscriptions": list_of(customer, "subscriptions", []),
    }
    return customer | changes


def customer_with_both_names(dice: Dice, cards: list[Json], **changes: Any) -> Json:
    """An old API version after February 2015: both old and new keys."""
    customer = customer_with_cards(dice, cards)
    customer["sources"] = list_of(customer, "sources", cards)
    customer["default_source"] = customer["default_card"]
    return customer | changes


def customer_of_today(dice: Dice, payment_method: Json | str | None, **changes: Any) -> Json:
    """Since 2020: `balance`, and a PaymentMethod in invoice_settings, by id or expanded."""
    customer = _anyone(dice)
    customer |= {
        "address": None,
        "balance": 0,
        "currency": "usd",
        "default_source": None,
        "invoice_prefix": dice.token("", 8).upper(),
        "invoice_settings": {
            "custom_fields": None,
            "default_payment_method": payment_method,
            "footer": None,
        },
        "name": None,
        "next_invoice_sequence": 7,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
    }
    return customer | changes


def contact(dice: Dice) -> Json:
    """Contact details of a current customer; the phone number is reserved for fiction."""
    country, language, phone, tax = dice.rng.choice(_HOMES)
    return {
        "address": {
            "city": None,
            "country": country,
            "line1": None,
            "line2": None,
            "postal_code": None,
            "state": None,
        },
        "phone": phone + dice.digits(2),
        "preferred_locales": dice.rng.choice(([], [], [language])),
        "tax_exempt": tax,
    }


def deleted_customer(dice: Dice) -> Json:
    return {"id": dice.token("cus_", 14), "object": "customer", "deleted": True}


def list_of(customer: Json, kind: str, items: list[Json]) -> Json:
    """A Stripe list: a first page of ten, and `has_more`."""
    for item in items:
        item["customer"] = customer["id"]
    return {
        "object": "list",
        "total_count": len(items),
        "has_more": len(items) > PAGE_OF_A_LIST,
        "url": f"/v1/customers/{customer['id']}/{kind}",
        "data": items[:PAGE_OF_A_LIST],
    }


def with_subscription(dice: Dice, customer: Json, status: str, renews_in: int) -> Json:
    customer["subscriptions"] = list_of(
        customer, "subscriptions", [_subscription(dice, status, renews_in)]
    )
    return customer


def discount(dice: Dice, customer: Json, percent: int) -> Json:
    """A three-month discount that began last month."""
    coupon = {
        "id": f"WELCOME{percent}",
        "object": "coupon",
        "amount_off": None,
        "currency": None,
        "duration": "repeating",
        "duration_in_months": 3,
        "percent_off": percent,
        "valid": True,
    }
    return {
        "object": "discount",
        "coupon": coupon,
        "customer": customer["id"],
        "start": dice.moment(-30),
        "end": dice.moment(60),
        "subscription": None,
    }


def _anyone(dice: Dice) -> Json:
    customer_id = dice.token("cus_", 14)
    return {
        "object": "customer",
        "created": dice.moment(-dice.rng.randrange(200, 1500)),
        "id": customer_id,
        "livemode": True,
        "description": None,
        "email": f"billing@{customer_id[4:12].lower()}.example",
        "delinquent": False,
        "metadata": {},
        "discount": None,
    }


def _first_id(methods: list[Json]) -> str | None:
    return methods[0]["id"] if methods else None


def _subscription(dice: Dice, status: str, renews_in: int) -> Json:
    plan = {
        "id": "platform-monthly",
        "object": "plan",
        "amount": 49900,
        "currency": "usd",
        "interval": "month",
        "interval_count": 1,
        "livemode": True,
        "name": "Platform, monthly",
    }
    return {
        "id": dice.token("sub_", 14),
        "object": "subscription",
        "cancel_at_period_end": False,
        "canceled_at": None,
        "current_period_start": dice.moment(renews_in - 30),
        "current_period_end": dice.moment(renews_in),
        "ended_at": None,
        "plan": plan,
        "quantity": 1,
        "start": dice.moment(renews_in - 300),
        "status": status,
    }
