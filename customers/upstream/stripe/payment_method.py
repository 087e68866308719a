"""Read a payment method of any API version: Card, BankAccount, Source or PaymentMethod."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from customers.upstream.reading import (
    LONG_TEXT_LIMIT,
    WORD_LIMIT,
    is_integer,
    mapping,
    number_in,
    text,
    word,
)

CARD, BANK_ACCOUNT, OTHER = "card", "bank_account", "other"

# Types of Sources and PaymentMethods that are cards or bank accounts.
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(("card", "card_present", "interac_present", "three_d_secure"), CARD),
    **dict.fromkeys(
        (
            "bank_account",
            "us_bank_account",
            "sepa_debit",
            "bacs_debit",
            "au_becs_debit",
            "acss_debit",
            "nz_bank_account",
            "ach_debit",
        ),
        BANK_ACCOUNT,
    ),
}

# Wrappers: their `type` names the kind of method.
_TYPED_OBJECTS = frozenset({"source", "payment_method"})

# A Card's "Visa" is a PaymentMethod's "visa"; "-", "_" and case are ignored.
_BRANDS: Mapping[str, str] = {
    "visa": "Visa",
    "mastercard": "Mastercard",
    "master card": "Mastercard",
    "amex": "American Express",
    "american express": "American Express",
    "discover": "Discover",
    "diners": "Diners Club",
    "diners club": "Diners Club",
    "jcb": "JCB",
    "unionpay": "UnionPay",
    "union pay": "UnionPay",
    "china unionpay": "UnionPay",
    "china union pay": "UnionPay",
    "cartes bancaires": "Cartes Bancaires",
    "eftpos": "eftpos",
    "eftpos au": "eftpos",
    "eftpos australia": "eftpos",
    "girocard": "Girocard",
    "interac": "Interac",
    "link": "Link",
    "unknown": "Unknown",
}
KNOWN_BRANDS = frozenset(_BRANDS.values())

# Stripe's former names for a wallet, including a Card's `tokenization_method`.
_WALLETS: Mapping[str, str] = {"android_pay": "google_pay"}

_MONTHS = range(1, 13)
_YEARS = range(1970, MAXYEAR + 1)  # two-digit years are rejected
_FOUR_DIGITS = range(10_000)


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    id: str = ""
    kind: str = OTHER  # "card", "bank_account" or "other"
    type: str = ""  # Stripe's name: card, bank_account, ach_credit_transfer, swish...
    brand: str = ""
    last4: str = ""
    wallet: str = ""  # Stripe's name: apple_pay, google_pay, link...
    dynamic_last4: str = ""  # of the number that the wallet pays with
    exp_month: int | None = None
    exp_year: int | None = None
    funding: str = ""
    country: str = ""
    fingerprint: str = ""
    holder_name: str = ""
    bank_name: str = ""
    cvc_check: str = ""
    address_line1_check: str = ""
    address_zip_check: str = ""

    @property
    def expires_on(self) -> date | None:
        return expires_on(self.exp_month, self.exp_year)

    @property
    def is_described(self) -> bool:
        if self.kind == OTHER:
            return self.type != ""
        on_the_card = (self.brand, self.last4, self.dynamic_last4, self.exp_month, self.exp_year)
        return any(on_the_card) or any(
            (self.funding, self.country, self.fingerprint, self.bank_name)
        )


def expires_on(exp_month: int | None, exp_year: int | None) -> date | None:
    """The last day on which the card is valid; None if month or year is missing or impossible."""
    if exp_month is None or exp_year is None:
        return None
    if exp_month not in _MONTHS or not MINYEAR <= exp_year <= MAXYEAR:
        return None
    return date(exp_year, exp_month, calendar.monthrange(exp_year, exp_month)[1])


def read_payment_method(item: dict[str, object], *, is_active_card: bool = False) -> PaymentMethod:
    stripe_type = _type_of(item, is_active_card)
    kind = _KINDS.get(stripe_type, OTHER)
    details = _details_of(item, stripe_type)
    month, year = _read_expiry(details) if kind == CARD else (None, None)
    wallet = mapping(details.get("wallet"))
    return PaymentMethod(
        id=text(item.get("id")),
        kind=kind,
        type=stripe_type,
        brand=_brand(details, is_active_card),
        last4=_last4(details.get("last4")),
        wallet=_wallet(word(wallet.get("type")) or word(details.get("tokenization_method"))),
        dynamic_last4=_last4(wallet.get("dynamic_last4") or details.get("dynamic_last4")),
        exp_month=month,
        exp_year=year,
        funding=word(details.get("funding")),
        country=text(details.get("country"), WORD_LIMIT),
        fingerprint=text(details.get("fingerprint")),
        holder_name=_holder_name(item, details),
        bank_name=text(details.get("bank_name")),
        cvc_check=_check(details, "cvc_check"),
        address_line1_check=_check(details, "address_line1_check"),
        address_zip_check=_check(details, "address_zip_check", "address_postal_code_check"),
    )


def _type_of(item: dict[str, object], is_active_card: bool) -> str:
    """Before 2014-06-13 a card's `type` was its brand."""
    object_name = text(item.get("object"))
    if is_active_card:
        return CARD
    if object_name and object_name not in _TYPED_OBJECTS:
        return object_name
    stripe_type = text(item.get("type"))
    return stripe_type if object_name or stripe_type in _KINDS else _guess(item) or stripe_type


def _guess(item: dict[str, object]) -> str:
    """Some relays and old records omit `object`."""
    item_id = text(item.get("id"))
    if item_id.startswith("card_") or "exp_month" in item:
        return CARD
    if item_id.startswith("ba_") or "routing_number" in item:
        return BANK_ACCOUNT
    return ""


def _details_of(item: dict[str, object], stripe_type: str) -> dict[str, object]:
    nested = item.get(stripe_type)
    return nested if isinstance(nested, dict) else item


def _brand(details: dict[str, object], is_active_card: bool) -> str:
    """Cards before 2014-06-13 call it `type`."""
    chosen = (details.get("display_brand"), mapping(details.get("networks")).get("preferred"))
    names = (text(brand) for brand in (*chosen, details.get("brand")))
    brand = next((brand for brand in names if brand not in ("", "other")), "")
    if not brand and (is_active_card or details.get("object") == CARD):
        former = text(details.get("type"))
        brand = "" if former.casefold() == CARD else former
    key = " ".join(brand.casefold().replace("_", " ").replace("-", " ").split())
    return _BRANDS.get(key, brand)


def _wallet(stripe_word: str) -> str:
    return _WALLETS.get(stripe_word, stripe_word)


def _last4(value: object) -> str:
    """As text: old records hold 341 for "0341"."""
    if is_integer(value):
        return f"{value:04d}" if value in _FOUR_DIGITS else ""
    return text(value)


def _read_expiry(details: dict[str, object]) -> tuple[int | None, int | None]:
    month = number_in(_MONTHS, details.get("exp_month"))
    return month, number_in(_YEARS, details.get("exp_year"))


def _holder_name(item: dict[str, object], details: dict[str, object]) -> str:
    candidates = (
        details.get("name"),
        details.get("account_holder_name"),
        mapping(item.get("billing_details")).get("name"),
        mapping(item.get("owner")).get("name"),
    )
    return next(filter(None, (text(name, LONG_TEXT_LIMIT) for name in candidates)), "")


def _check(details: dict[str, object], name: str, nested_name: str = "") -> str:
    checks = mapping(details.get("checks"))
    return text(details.get(name)) or text(checks.get(nested_name or name))
