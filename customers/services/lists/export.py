"""Export what a user may see, one row an organization: streamed, uncapped, in a fixed shape."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Customer
from customers.services.access.sight import sight_of
from customers.services.disclosures.declared import require_declared
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin, current_origin
from customers.services.lists.listed_since import first_said
from customers.services.wording.csv_and_jsonl import Number, csv_lines, excel_lines, json_lines
from customers.services.wording.formats import stripe_decimals

COLUMNS = (
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
# What Excel must not take for numbers or dates.
_TEXTS = {"org_id", "name", "customer_id", "brand", "last4", "funding", "currency", "email"}
_TEXT_OR_NULL = {
    *("customer_id", "brand", "last4", "funding", "currency"),
    *("email", "subscription_status"),
}
_CHUNK = 500


def facts(customer: Customer) -> dict[str, Any]:
    """One row of an export as JSON values: unknown is null, dates are ISO 8601, last4 is text.

    `customer` comes from visible_customers, which says what may be told of its past.
    """
    return {name: _fact(customer, name) for name in COLUMNS}


def export(
    user: AbstractBaseUser, customers: QuerySet[Customer], format_: str, where: str
) -> Iterator[str]:
    """The lines of an export as text, in `format_` csv, excel or jsonl; each row is recorded."""
    require_declared([where])  # now, for the rows are read when the page has been left
    rows = _recorded(user, customers, where, current_origin())
    if format_ == "jsonl":
        return json_lines(rows)
    if format_ == "excel":
        return excel_lines(COLUMNS, rows, texts=_TEXTS)
    return csv_lines(COLUMNS, rows)


def _recorded(
    user: AbstractBaseUser, customers: QuerySet[Customer], where: str, origin: Origin
) -> Iterator[dict[str, Any]]:
    found = customers.select_related("organization", "checked_with").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        record(user, chunk, where, origin)
        yield from map(facts, chunk)


def _fact(customer: Customer, name: str) -> Any:
    value = _value(customer, name)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if name in _TEXT_OR_NULL and value == "" else value


def _value(customer: Customer, name: str) -> Any:
    if name in _OF_ORGANIZATION:
        return getattr(customer.organization, name)
    work_out = _WORKED_OUT.get(name)
    return work_out(customer) if work_out else getattr(customer, name)


def _next_renewal(customer: Customer) -> date | None:
    """The day that it is then in TIME_ZONE, as pages say it."""
    renewal = customer.next_renewal
    return timezone.localtime(renewal).date() if renewal else None


def _balance_amount(customer: Customer) -> Number | None:
    """The balance in the currency's own decimals; None if it or the currency is not known."""
    decimals = stripe_decimals(customer.currency.upper())
    if customer.balance is None or decimals is None:
        return None
    return Number(Decimal(customer.balance).scaleb(-decimals))


_WORKED_OUT: dict[str, Callable[[Customer], Any]] = {
    "changed_at": lambda customer: sight_of(customer).changed_for_user,
    "next_renewal": _next_renewal,
    "delinquent_since": lambda customer: first_said(customer, "delinquent"),
    "state_since": lambda customer: first_said(customer, "state"),
    "balance_amount": _balance_amount,
}
