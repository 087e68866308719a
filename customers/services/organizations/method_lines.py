"""Say payment methods in a line each: what it is, what is known of it, and how long it is valid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from customers.models import Customer
from customers.services.history.differences import method_of, method_words
from customers.services.wording.expiry import validity_tone
from customers.services.wording.formats import expiry_words, stripe_words
from customers.services.wording.isolation import isolated
from customers.upstream.stripe.payment_method import BANK_ACCOUNT, CARD, PaymentMethod


@dataclass(frozen=True, slots=True)
class MethodLine:
    """A payment method in words; what is not known of it is empty."""

    is_card: bool
    is_bank_account: bool
    brand: str
    words: str
    about: tuple[str, ...]
    ends: str  # `04/29`
    expiry: str
    tone: str  # of the expiry: "bad", "warn", "good" or "plain"


@dataclass(frozen=True, slots=True)
class CardCheck:
    words: str
    tone: str  # "bad", "good" or "plain"


def charged_line(customer: Customer, details: PaymentMethod | None, today: date) -> MethodLine:
    """The method that is charged: what is stored of it, with its holder or bank from `details`."""
    described = details or PaymentMethod()
    is_card = customer.state == Customer.State.CARD
    return MethodLine(
        is_card=is_card,
        is_bank_account=customer.state == Customer.State.BANK_ACCOUNT,
        brand=customer.brand,
        words=capfirst(method_of(customer)),
        about=tuple(
            _about(
                customer.funding,
                _("issued in %(country)s") % {"country": isolated(customer.country)}
                if is_card and customer.country
                else isolated(customer.country),
                described.holder_name,
                described.bank_name,
            )
        ),
        ends=_ends(customer.expires_on),
        expiry=expiry_words(customer.expires_on, today) if is_card else _("no expiry"),
        tone=validity_tone(customer.expires_on, today) if is_card else "plain",
    )


def other_lines(methods: Iterable[PaymentMethod], today: date) -> list[MethodLine]:
    return [_other(method, today) for method in methods]


def card_checks(customer: Customer) -> list[CardCheck]:
    results = (
        (_("CVC"), customer.cvc_check),
        (_("Address"), customer.address_line1_check),
        (_("Postcode"), customer.address_zip_check),
    )
    return [_check(name, result) for name, result in results]


def _other(method: PaymentMethod, today: date) -> MethodLine:
    is_card = method.kind == CARD
    facts = {"state": method.kind, "last4": method.last4, "method_type": method.type}
    last_day = method.expires_on
    return MethodLine(
        is_card=is_card,
        is_bank_account=method.kind == BANK_ACCOUNT,
        brand=method.brand,
        words=capfirst(method_words(facts | {"brand": method.brand})),
        about=tuple(
            _about(method.funding, isolated(method.country), method.holder_name, method.bank_name)
        ),
        ends=_ends(last_day),
        expiry=expiry_words(last_day, today) if is_card else _("no expiry"),
        tone=validity_tone(last_day, today) if is_card else "plain",
    )


def _about(funding: str, country: str, holder: str, bank: str) -> Iterator[str]:
    if funding and funding != "unknown":
        yield capfirst(isolated(stripe_words(funding)))
    if bank:
        yield isolated(bank)
    if country:
        yield country
    if holder:
        yield isolated(holder)


def _ends(last_day: date | None) -> str:
    return f"{last_day:%m/%y}" if last_day else ""


def _check(name: str, result: str) -> CardCheck:
    words = {
        "pass": _("%(check)s passed"),
        "fail": _("%(check)s failed"),
        "unavailable": _("%(check)s unavailable"),
    }.get(result, _("%(check)s not checked"))
    return CardCheck(words % {"check": name}, {"pass": "good", "fail": "bad"}.get(result, "plain"))
