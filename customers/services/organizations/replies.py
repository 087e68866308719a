"""The reply for the customer: a dated text that is safe to send."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from customers.models import Customer, ReplyTemplate
from customers.services.organizations.reply_texts import (
    billing_page,
    filled,
    placeholders,
    reply_text,
    reply_texts,
)
from customers.services.organizations.subscription_words import FAILED
from customers.services.organizations.summary import expiry_tone, failed_checks
from customers.services.wording.formats import card_words, reply_date
from customers.services.wording.isolation import isolated, plain

State = ReplyTemplate.State


@dataclass(frozen=True, slots=True)
class Reply:
    state: ReplyTemplate.State
    language: str
    shown: str  # for a page: names from outside in bidi isolates

    @property
    def text(self) -> str:
        return plain(self.shown)


def reply_for(customer: Customer, today: date, language: str = "") -> Reply:
    """In `language`, else the customer's, else that of the page. It names the organization, method,
    expiry, date of the answer and where the customer can act, and nothing else."""
    language = language_for(customer, language)
    state = state_of(customer, today)
    return _filled(customer, state, language, reply_text(state, language))


def replies_for(customer: Customer, today: date) -> list[Reply]:
    state = state_of(customer, today)
    texts = reply_texts(state).items()
    return [_filled(customer, state, language, text) for language, text in texts]


def _filled(customer: Customer, state: ReplyTemplate.State, language: str, text: str) -> Reply:
    with override(language):
        all_values = _values(customer)
        values = {name: all_values[name] for name in placeholders(state)}
        return Reply(state, language, filled(text, values))


def language_for(customer: Customer, wanted: str) -> str:
    """`wanted`, or the first language that the customer prefers and the portal has."""
    known = dict(settings.LANGUAGES)
    preferred = (
        locale.lower().replace("_", "-") for locale in customer.preferred_locales.split(",")
    )
    asked = (wanted, *(code for tag in preferred for code in (tag, tag.partition("-")[0])))
    spoken = (code for code in asked if code in known)
    return next(spoken, get_language() or settings.LANGUAGE_CODE)


def state_of(customer: Customer, today: date) -> ReplyTemplate.State:
    kind = Customer.State
    if customer.state == kind.DELETED:
        return State.DELETED
    if customer.state == kind.NONE:
        return State.NONE_AND_FAILED if customer.delinquent else State.NONE
    if customer.state == kind.INVOICE:
        is_due = customer.delinquent or customer.subscription_status in FAILED
        return State.INVOICE_OVERDUE if is_due else State.INVOICE
    return _trouble(customer, today) or _method_state(customer)


def _trouble(customer: Customer, today: date) -> ReplyTemplate.State | None:
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        return State.EXPIRED_AND_FAILED if expiry == "bad" else State.FAILED
    if customer.subscription_status in FAILED:
        return State.UNPAID
    if expiry in {"bad", "warn"}:
        return State.EXPIRED if expiry == "bad" else State.EXPIRING
    return State.DOUBTED if failed_checks(customer) else None


def _method_state(customer: Customer) -> ReplyTemplate.State:
    kind = Customer.State
    if customer.state == kind.CARD and customer.expires_on:
        return State.CARD
    if customer.state in {kind.CARD, kind.BANK_ACCOUNT}:
        return State.METHOD
    return State.UNKNOWN if customer.state == kind.UNKNOWN else State.UNNAMED


def _values(customer: Customer) -> dict[str, str]:
    expires = customer.expires_on
    return {
        "organization": isolated(customer.organization.name) or gettext("your organization"),
        "card": _method(customer),
        "expiry": f"{expires:%m/%Y}" if expires else gettext("unknown"),
        "date": reply_date(customer.checked_at or timezone.now()),
        "billing_page": billing_page(customer.organization.org_id),
    }


def _method(customer: Customer) -> str:
    if customer.state == Customer.State.CARD:
        return card_words(customer.brand, customer.last4)
    if customer.state == Customer.State.BANK_ACCOUNT and customer.last4:
        return gettext("the bank account ending in %(last4)s") % {"last4": isolated(customer.last4)}
    if customer.state == Customer.State.BANK_ACCOUNT:
        return gettext("the bank account on file")
    return gettext("the payment method on file")
