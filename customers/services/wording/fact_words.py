"""Put single facts about a customer into words; unknown values stay as Stripe sent them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import gettext

from customers.services.wording.formats import card_words, day_words, locale_code
from customers.services.wording.isolation import isolated


def plain_words(value: Any) -> str:
    return "" if value is None else isolated(str(value))


def words_among(known: Mapping[str, Promise | str]) -> Callable[[str], str]:
    """Words for known values of Stripe; others stay as they are."""
    return lambda value: str(known[value]) if value in known else plain_words(value)


def delinquency_words(is_delinquent: bool | None) -> str:
    words = {True: gettext("delinquent"), False: gettext("not delinquent")}
    return gettext("unknown") if is_delinquent is None else words[is_delinquent]


def mode_words(is_live: bool | None) -> str:
    words = {True: gettext("live"), False: gettext("test")}
    return gettext("unknown") if is_live is None else words[is_live]


def check_words(result: str) -> str:
    words = {
        "pass": gettext("✓ passed"),
        "fail": gettext("✕ failed"),
        "unavailable": gettext("unavailable"),
    }
    return words.get(result, gettext("not checked"))


def date_words(day: date | None) -> str:
    return day_words(day) if day else ""


def country_words(code: str) -> str:
    """`Germany` for DE."""
    return Locale.parse(locale_code()).territories.get(code.upper()) or plain_words(code)


def languages_words(locales: str) -> str:
    """`French (France), British English` for fr-FR,en-GB."""
    own = Locale.parse(locale_code())
    return ", ".join(_language_words(code, own) for code in filter(None, locales.split(",")))


def _language_words(code: str, own: Locale) -> str:
    whole = code.replace("-", "_")
    language, _, country = whole.partition("_")
    if whole in own.languages:
        return str(own.languages[whole])
    if language in own.languages and country in own.territories:
        return f"{own.languages[language]} ({own.territories[country]})"
    return plain_words(code)


_WALLETS = {
    "apple_pay": "Apple Pay",
    "google_pay": "Google Pay",
    "samsung_pay": "Samsung Pay",
    "link": "Link",
}


def wallet_words(wallet: str, dynamic_last4: str = "") -> str:
    """`Apple Pay •••• 1234`: the wallet of a card, and the digits that it pays with."""
    if not wallet and not dynamic_last4:
        return ""
    name = _WALLETS.get(wallet) or wallet.replace("_", " ") or gettext("Wallet")
    return card_words(name, dynamic_last4)
