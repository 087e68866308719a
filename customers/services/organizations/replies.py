"""What to tell the customer: one dated text that is safe to paste into a reply."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from customers.models import AnswerTemplate, Customer
from customers.services.organizations.reply_texts import PLACEHOLDERS, filled, text_of
from customers.services.organizations.subscription_words import FAILED
from customers.services.organizations.summary import expiry_tone, failed_checks
from customers.services.wording.formats import answer_date, card_words
from customers.services.wording.isolation import isolated, plain

State = AnswerTemplate.State


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer is about and what it says, in which language."""

    state: AnswerTemplate.State
    language: str
    shown: str  # as a page shows it: with what is foreign isolated

    @property
    def text(self) -> str:
        """As it is copied: plain."""
        return plain(self.shown)


def answer_for(customer: Customer, today: date, language: str = "") -> Answer:
    """What to tell the organization's people, in `language`; if that is unknown, in the active one.

    It names the organization, the method, its expiry and when this was known, and nothing else.
    """
    language = known_language(language)
    state = state_of(customer, today)
    with override(language):
        all_values = _values(customer)
        values = {name: all_values[name] for name in PLACEHOLDERS[state]}
        return Answer(state, language, filled(text_of(state, language), values))


def known_language(language: str) -> str:
    """`language` if the portal speaks it, else the language of the page."""
    known = dict(settings.LANGUAGES)
    return language if language in known else (get_language() or settings.LANGUAGE_CODE)


def state_of(customer: Customer, today: date) -> AnswerTemplate.State:
    """The most urgent of what there is to say."""
    kind = Customer.State
    if customer.state == kind.DELETED:
        return State.DELETED
    if customer.state == kind.NONE:
        return State.NONE_AND_FAILED if customer.delinquent else State.NONE
    if customer.state == kind.INVOICE:
        is_due = customer.delinquent or customer.subscription_status in FAILED
        return State.INVOICE_OVERDUE if is_due else State.INVOICE
    return _trouble(customer, today) or _method_state(customer)


def _trouble(customer: Customer, today: date) -> AnswerTemplate.State | None:
    expiry = expiry_tone(customer, today)
    if customer.delinquent:
        return State.EXPIRED_AND_FAILED if expiry == "bad" else State.FAILED
    if customer.subscription_status in FAILED:
        return State.UNPAID
    if expiry in {"bad", "warn"}:
        return State.EXPIRED if expiry == "bad" else State.EXPIRING
    return State.DOUBTED if failed_checks(customer) else None


def _method_state(customer: Customer) -> AnswerTemplate.State:
    kind = Customer.State
    if customer.state == kind.CARD and customer.expires_on:
        return State.CARD
    if customer.state in {kind.CARD, kind.BANK_ACCOUNT}:
        return State.METHOD
    return State.UNKNOWN if customer.state == kind.UNKNOWN else State.UNNAMED


def _values(customer: Customer) -> dict[str, str]:
    """What the placeholders stand for, in the active language."""
    expires = customer.expires_on
    return {
        "organization": isolated(customer.organization.name) or gettext("your organization"),
        "card": _method(customer),
        "expiry": f"{expires:%m/%Y}" if expires else gettext("unknown"),
        "date": answer_date(customer.checked_at or timezone.now()),
    }


def _method(customer: Customer) -> str:
    if customer.state == Customer.State.CARD:
        return card_words(customer.brand, customer.last4)
    if customer.state == Customer.State.BANK_ACCOUNT and customer.last4:
        return gettext("the bank account ending in %(last4)s") % {"last4": isolated(customer.last4)}
    if customer.state == Customer.State.BANK_ACCOUNT:
        return gettext("the bank account on file")
    return gettext("the payment method on file")
