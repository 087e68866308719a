"""Export what a user may see, one row an organization: streamed, uncapped, in a fixed shape."""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.models import Customer
from customers.services.disclosures import record
from customers.services.lines import csv_lines, excel_lines, json_lines
from customers.services.origin import Origin, current_origin

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
)
_OF_ORGANIZATION = {"org_id", "name"}
# What Excel must not take for numbers or dates, and what are numbers though they are sent as text.
_TEXTS = {"org_id", "name", "customer_id", "brand", "last4", "funding", "currency", "email"}
_NUMBERS = {"balance_amount"}
_TEXT_OR_NULL = {"customer_id", "brand", "last4", "funding", "currency"}
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
    rows = _recorded(user, customers, where, current_origin())
    if format_ == "jsonl":
        return json_lines(rows)
    if format_ == "excel":
        return excel_lines(COLUMNS, rows, texts=_TEXTS, numbers=_NUMBERS)
    return csv_lines(COLUMNS, rows, numbers=_NUMBERS)


def _recorded(
    user: AbstractBaseUser, customers: QuerySet[Customer], where: str, origin: Origin
) -> Iterator[dict[str, Any]]:
    found = customers.select_related("organization", "checked_with").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        record(user, chunk, where, origin)
        yield from map(facts, chunk)


def _fact(customer: Customer, name: str) -> Any:
    name_of_value = "changed_for_user" if name == "changed_at" else name
    value = getattr(customer.organization if name in _OF_ORGANIZATION else customer, name_of_value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if name in _TEXT_OR_NULL and value == "" else value
