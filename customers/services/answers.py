"""What to tell the customer: one dated sentence that is safe to paste into a reply."""

from datetime import date

from django.utils import timezone
from django.utils.formats import date_format

from customers.models import Customer
from customers.services.words import card_words


def answer_for(customer: Customer, today: date) -> str:
    """A sentence for the organization's people about the state of their billing."""
    name = customer.organization.name or "your organization"
    return f"{_sentence(customer, name, today)} (As of {_dated(customer)}.)"


def _sentence(customer: Customer, name: str, today: date) -> str:
    state = Customer.State
    if customer.state == state.NONE:
        return (
            f"We have no payment method on file for {name}. Please ask someone with the payment "
            "permission on it to add one."
        )
    if customer.state == state.DELETED:
        return f"The billing account of {name} was closed, so nothing is charged."
    method = _method(customer)
    is_expired = customer.expires_on is not None and customer.expires_on < today
    if customer.delinquent and is_expired:
        return f"The last charge for {name} failed, and {method} has expired. Please update it."
    if customer.delinquent:
        return f"The last charge for {name} to {method} failed. Please check it or use another."
    if is_expired:
        return f"The card on file for {name}, {method}, has expired. Please update it."
    if customer.state == state.UNKNOWN:
        return f"We are looking into the payment method on file for {name}."
    if customer.state in {state.CARD, state.BANK_ACCOUNT}:
        return f"The payment method on file for {name} is {method}."
    return f"A payment method is on file for {name}."


def _method(customer: Customer) -> str:
    if customer.state == Customer.State.CARD:
        return card_words(customer.brand, customer.last4)
    if customer.state == Customer.State.BANK_ACCOUNT:
        digits = f" ending in {customer.last4}" if customer.last4 else ""
        return f"the bank account{digits}"
    return "the payment method on file"


def _dated(customer: Customer) -> str:
    at = customer.checked_at or timezone.now()
    local = timezone.localtime(at)
    return f"{date_format(local, 'j F Y, H:i')} {local:%Z}"
