"""One customer for every state that the portal distinguishes."""

from typing import Any

from sandbox.world.customers import (
    customer_of_the_first_era,
    customer_of_today,
    customer_with_both_names,
    customer_with_cards,
    customer_with_sources,
    deleted_customer,
    discount,
    with_subscription,
)
from sandbox.world.dice import Dice
from sandbox.world.payment_methods import (
    Json,
    ach_credit_transfer,
    bank_account,
    card,
    embedded_card,
    old_card,
    payment_method,
    sepa_debit,
    source_of_a_card,
)

# Three organizations share this card; real fingerprints are opaque too.
SHARED_FINGERPRINT = "NorthwindShared1"


def active_card_only(dice: Dice) -> Json:
    return customer_of_the_first_era(dice, embedded_card(dice, type="MasterCard"))


def card_with_type(dice: Dice) -> Json:
    customer = customer_with_cards(dice, [old_card(dice, type="American Express")])
    del customer["currency"]
    return customer


def fine_card(dice: Dice) -> Json:
    customer = customer_with_cards(dice, [card(dice, address_zip_check="pass")])
    return with_subscription(dice, customer, "active", renews_in=12)


def both_names(dice: Dice) -> Json:
    return customer_with_both_names(dice, [card(dice, brand="Discover"), card(dice)])


def fine_source(dice: Dice) -> Json:
    customer = customer_with_sources(dice, [card(dice, brand="MasterCard", funding="debit")])
    return with_subscription(dice, customer, "active", renews_in=3)


def expanded_source(dice: Dice) -> Json:
    method = card(dice, brand="JCB", country="JP")
    return customer_with_sources(dice, [method], default_source=method)


def card_in_a_source(dice: Dice) -> Json:
    return customer_with_sources(dice, [source_of_a_card(dice)])


def expanded_payment_method(dice: Dice) -> Json:
    return customer_of_today(dice, payment_method(dice), name="Accounts payable")


def payment_method_id_only(dice: Dice) -> Json:
    return customer_of_today(dice, dice.token("pm_", 24))


def source_id_only(dice: Dice) -> Json:
    customer = customer_with_sources(dice, [], default_source=dice.token("card_", 24))
    del customer["sources"]
    return customer


def pays_from_a_bank_account(dice: Dice) -> Json:
    return customer_with_sources(dice, [bank_account(dice)])


def pays_by_sepa_debit(dice: Dice) -> Json:
    return customer_with_sources(dice, [sepa_debit(dice)], currency="eur")


def pays_by_transfer(dice: Dice) -> Json:
    return customer_with_sources(dice, [ach_credit_transfer(dice)])


def deleted(dice: Dice) -> Json:
    return deleted_customer(dice)


def empty_list(dice: Dice) -> Json:
    return customer_with_cards(dice, [], account_balance=12500, email="accounts@pinecrest.example")


def neither_list_nor_default(dice: Dice) -> Json:
    customer = customer_of_today(dice, None)
    del customer["default_source"], customer["invoice_settings"]
    return customer


def no_default(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice), card(dice)], default_card=None)


def delinquent_expired(dice: Dice) -> Json:
    expired = card(dice, **dice.month(-3))
    return customer_with_cards(dice, [expired], delinquent=True, account_balance=4990)


def delinquent_unknown(dice: Dice) -> Json:
    return customer_of_today(dice, payment_method(dice), delinquent=None)


def past_due(dice: Dice) -> Json:
    customer = customer_with_sources(dice, [card(dice)], delinquent=True)
    return with_subscription(dice, customer, "past_due", renews_in=-4)


def expires_this_month(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, **dice.month(0))])


def expires_next_month(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, **dice.month(1))])


def expired_last_month(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, **dice.month(-1))])


def twelve_cards(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice) for _ in range(12)])


def default_unlisted(dice: Dice) -> Json:
    cards = [card(dice) for _ in range(12)]
    return customer_with_cards(dice, cards, default_card=cards[-1]["id"])


def balance_in_yen(dice: Dice) -> Json:
    return customer_with_sources(
        dice, [card(dice, country="JP")], currency="jpy", account_balance=150000
    )


def credit_in_dinars(dice: Dice) -> Json:
    return customer_of_today(
        dice, payment_method(dice, country="KW"), currency="kwd", balance=-12345
    )


def discounted(dice: Dice) -> Json:
    customer = customer_with_cards(dice, [card(dice)])
    customer["discount"] = discount(dice, customer, percent=25)
    return with_subscription(dice, customer, "active", renews_in=20)


def unknown_brand(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, brand="Moonbeam Express", funding="unknown")])


def shared_card(dice: Dice) -> Json:
    shared = card(dice, fingerprint=SHARED_FINGERPRINT, last4="7007", brand="MasterCard")
    return customer_with_cards(dice, [shared])


def markup(dice: Dice) -> Json:
    """Markup in everything that a person can type; pages must not run it."""
    texts: dict[str, Any] = {
        "name": _script("card name"),
        "brand": _script("brand"),
        "funding": _script("funding"),
        "country": _script("country"),
        "address_line1": _script("address"),
        "address_city": '=HYPERLINK("http://127.0.0.1:9/","city")',
    }
    return customer_with_cards(
        dice,
        [card(dice, **texts)],
        description=_script("description"),
        email="\"<img src=x onerror=alert('email')>\"@example.invalid",
        metadata={_script("key"): _script("value")},
        currency="<i>",
    )


def long_texts(dice: Dice) -> Json:
    return customer_with_cards(
        dice,
        [card(dice, name="Maximiliana " * 20)],
        description="A description that does not end. " * 60,
        email=f"{'billing.' * 20}@long.example",
    )


def expiry_unknown(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, exp_month=0, exp_year=None)])


def wallet(dice: Dice) -> Json:
    in_a_phone = card(dice, tokenization_method="apple_pay", dynamic_last4=dice.digits(4))
    return customer_with_sources(dice, [in_a_phone])


def failed_checks(dice: Dice) -> Json:
    checks = {"cvc_check": "fail", "address_zip_check": "fail", "address_line1_check": "unchecked"}
    return customer_with_cards(dice, [card(dice, funding="prepaid", **checks)])


def test_mode(dice: Dice) -> Json:
    return customer_with_cards(dice, [card(dice, last4="4242")], livemode=False)


def _script(field: str) -> str:
    return f"<script>alert('{field}')</script>"
