"""Export what a user may see, one row per organization: streamed, uncapped, with fixed columns."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.audit.exports import record_export
from customers.services.disclosures.declared import require_declared
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin, current_origin
from customers.services.lists.listed_since import first_said
from customers.services.wording.csv_and_jsonl import Number, file_lines
from customers.services.wording.expiry import day_of
from customers.services.wording.formats import stripe_decimals

EXPORT_COLUMNS = (
    "org_id",
    "name",
    "state",
    "customer_id",
    "brand",
    "last4",
    "exp_month",
    "exp_year",
    "expires_on",
    "funding",
    "delinquent",
    "balance",
    "currency",
    "livemode",
    "checked_at",
    "changed_at",
    "email",
    "next_renewal",
    "subscription_count",
    "subscription_status",
    "delinquent_since",
    "state_since",
    "balance_amount",
)
_OF_ORGANIZATION = {"org_id", "name"}
# What Excel must not turn into numbers or dates.
_TEXTS = {"org_id", "name", "customer_id", "brand", "last4", "funding", "currency", "email"}
_TEXT_OR_NULL = {
    *("customer_id", "brand", "last4", "funding", "currency"),
    *("email", "subscription_status"),
}
_CHUNK = 500


def export_row(customer: Customer) -> dict[str, Any]:
    """An export row as JSON values, from a row of visible_customers; what is unknown is null."""
    return {name: _cell(customer, name) for name in EXPORT_COLUMNS}


def export(
    user: AbstractBaseUser, customers: QuerySet[Customer], format_: str, where: str
) -> Iterator[str]:
    """The lines of an export in `format_` csv, excel or jsonl. Each row is recorded."""
    require_declared([where])  # now: the rows are read after the view has returned
    record_export("organizations", format_, user)
    rows = _recorded(user, customers, where, current_origin())
    return file_lines(format_, EXPORT_COLUMNS, rows, texts=_TEXTS)


def _recorded(
    user: AbstractBaseUser, customers: QuerySet[Customer], where: str, origin: Origin
) -> Iterator[dict[str, Any]]:
    found = customers.select_related("organization", "checked_with").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        record(user, chunk, where, origin)
        yield from map(export_row, chunk)


def _cell(customer: Customer, name: str) -> Any:
    value = _value(customer, name)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if name in _TEXT_OR_NULL and value == "" else value


def _value(customer: Customer, name: str) -> Any:
    if name in _OF_ORGANIZATION:
        return getattr(customer.organization, name)
    compute = _COMPUTED.get(name)
    return compute(customer) if compute else getattr(customer, name)


def _next_renewal(customer: Customer) -> date | None:
    """The day in TIME_ZONE."""
    renewal = customer.next_renewal
    return day_of(renewal) if renewal else None


def _balance_amount(customer: Customer) -> Number | None:
    """The balance in units of its currency; None if it or the currency is unknown."""
    decimals = stripe_decimals(customer.currency.upper())
    if customer.balance is None or decimals is None:
        return None
    return Number(Decimal(customer.balance).scaleb(-decimals))


_COMPUTED: dict[str, Callable[[Customer], Any]] = {
    "changed_at": lambda customer: sight_of(customer).changed_for_user,
    "next_renewal": _next_renewal,
    "delinquent_since": lambda customer: first_said(customer, "delinquent"),
    "state_since": lambda customer: first_said(customer, "state"),
    "balance_amount": _balance_amount,
}
