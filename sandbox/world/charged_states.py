"""Customers whose subscriptions decide what is charged, and when."""

from typing import Any

from sandbox.world.customers import customer_of_today, customer_with_sources, list_of
from sandbox.world.dice import Dice
from sandbox.world.payment_methods import Json, card, payment_method


def subscription(dice: Dice, *items: Json, renews_in: int = 12, **changes: Any) -> Json:
    """As sent since 2019: items have prices, and collection_method is set."""
    sent: Json = {
        "id": dice.token("sub_", 24),
        "object": "subscription",
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "collection_method": "charge_automatically",
        "currency": "usd",
        "current_period_start": dice.moment(renews_in - 30),
        "current_period_end": dice.moment(renews_in),
        "days_until_due": None,
        "default_payment_method": None,
        "default_source": None,
        "ended_at": None,
        "pause_collection": None,
        "status": "active",
        "trial_end": None,
    }
    data = list(items) or [item(dice, "Platform, monthly", 49900)]
    return sent | {"items": list_of(sent, "items", data)} | changes


def item(dice: Dice, name: str, amount: int | None, quantity: int | None = 1, **price: Any) -> Json:
    sent = {
        "id": dice.token("price_", 24),
        "object": "price",
        "billing_scheme": "per_unit",
        "currency": "usd",
        "nickname": name,
        "recurring": {"interval": "month", "interval_count": 1, "usage_type": "licensed"},
        "transform_quantity": None,
        "unit_amount": amount,
    }
    item: Json = {"id": dice.token("si_", 14), "object": "subscription_item", "price": sent | price}
    return item if quantity is None else item | {"quantity": quantity}


def _subscribed(customer: Json, *subscriptions: Json) -> Json:
    customer["subscriptions"] = list_of(customer, "subscriptions", list(subscriptions))
    return customer


def _with_a_card(dice: Dice, *subscriptions: Json, **changes: Any) -> Json:
    return _subscribed(customer_with_sources(dice, [card(dice)], **changes), *subscriptions)


def _with_nothing(dice: Dice, *subscriptions: Json, **changes: Any) -> Json:
    return _subscribed(customer_with_sources(dice, [], **changes), *subscriptions)


def from_checkout(dice: Dice) -> Json:
    """Stripe Checkout saves the method on the subscription, not on the customer."""
    method = payment_method(dice)
    return _with_nothing(dice, subscription(dice, default_payment_method=method))


def from_checkout_by_id(dice: Dice) -> Json:
    method_id = dice.token("pm_", 24)
    return _with_nothing(dice, subscription(dice, default_payment_method=method_id))


def own_method_beside_a_default(dice: Dice) -> Json:
    expired = payment_method(dice, brand="mastercard", **dice.month(-2))
    imaging = item(dice, "Imaging", 9900)
    other = subscription(dice, imaging, renews_in=25, default_payment_method=expired)
    return _with_a_card(dice, subscription(dice), other)


def invoiced(dice: Dice) -> Json:
    return _with_nothing(
        dice, subscription(dice, collection_method="send_invoice", days_until_due=30)
    )


def invoice_overdue(dice: Dice) -> Json:
    overdue = subscription(
        dice, collection_method="send_invoice", days_until_due=30, status="past_due"
    )
    return _with_nothing(dice, overdue, delinquent=True, account_balance=49900)


def ends_within_its_period(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, renews_in=20, cancel_at=dice.moment(9)))


def ends_after_its_renewal(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, renews_in=20, cancel_at=dice.moment(80)))


def paused_for_a_while(dice: Dice) -> Json:
    pause = {"behavior": "void", "resumes_at": dice.moment(40)}
    return _with_a_card(dice, subscription(dice, pause_collection=pause))


def paused_for_good(dice: Dice) -> Json:
    pause = {"behavior": "keep_as_draft", "resumes_at": None}
    return _with_a_card(dice, subscription(dice, pause_collection=pause))


def on_trial(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, status="trialing", trial_end=dice.moment(12)))


def first_payment_missing(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, status="incomplete"))


def never_started(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, status="incomplete_expired"))


def unpaid(dice: Dice) -> Json:
    return _with_a_card(dice, subscription(dice, status="unpaid"), delinquent=True)


def trial_ended_without_a_method(dice: Dice) -> Json:
    return _with_nothing(dice, subscription(dice, status="paused"))


def several_items(dice: Dice) -> Json:
    tiers = [{"up_to": 100, "unit_amount": 500}, {"up_to": "inf", "unit_amount": 300}]
    metered = {"interval": "month", "interval_count": 1, "usage_type": "metered"}
    return _with_a_card(
        dice,
        subscription(
            dice,
            item(dice, "Platform, monthly", 49900),
            item(dice, "Seats", 1900, quantity=12),
            item(dice, "Storage", None, 250, billing_scheme="tiered", tiers=tiers),
            item(dice, "API calls", None, None, recurring=metered),
        ),
    )


def google_pay(dice: Dice) -> Json:
    in_a_phone = {"type": "google_pay", "google_pay": {}, "dynamic_last4": dice.digits(4)}
    return customer_of_today(dice, payment_method(dice, wallet=in_a_phone))


def two_brands(dice: Dice) -> Json:
    """A French card with two networks, and a customer who prefers French, then German."""
    networks = {"available": ["visa", "cartes_bancaires"], "preferred": "cartes_bancaires"}
    method = payment_method(dice, country="FR", networks=networks)
    home = {
        "address": {"city": "Strasbourg", "country": "FR"},
        "phone": "+33 3 53 01 00 42",
        "preferred_locales": ["fr-FR", "de"],
        "tax_exempt": "reverse",
    }
    return customer_of_today(dice, method, currency="eur", **home)
