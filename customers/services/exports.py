"""Export what a user may see, one row an organization: streamed, uncapped, in a fixed shape."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from customers.models import Customer
from customers.services.disclosures import record

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
_TEXT_OR_NULL = {"customer_id", "brand", "last4", "funding", "currency"}
_CHUNK = 500
# What a spreadsheet would read as a formula.
_FORMULA_STARTS = (
    *("=", "+", "-", "@", "|", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # the same, full width
)
# What may stand before it without being seen: spaces of all kinds and marks without width.
_UNSEEN = re.compile(r"^[ \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")


def facts(customer: Customer) -> dict[str, Any]:
    """One row of an export as JSON values: unknown is null, dates are ISO 8601, last4 is text.

    `customer` comes from visible_customers, which says what may be told of its past.
    """
    return {name: _fact(customer, name) for name in COLUMNS}


def export(
    user: AbstractBaseUser, customers: QuerySet[Customer], format_: str, where: str
) -> Iterator[str]:
    """The lines of an export as text, in `format_` csv or jsonl; each row is recorded as seen."""
    rows = _recorded(user, customers, where)
    return _csv(rows) if format_ == "csv" else _jsonl(rows)


def _recorded(
    user: AbstractBaseUser, customers: QuerySet[Customer], where: str
) -> Iterator[dict[str, Any]]:
    found = customers.select_related("organization").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(found, _CHUNK)):
        record(user, chunk, where)
        yield from map(facts, chunk)


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
        yield _taken(buffer)
    yield _taken(buffer)


def _jsonl(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _fact(customer: Customer, name: str) -> Any:
    name_of_value = "changed_for_user" if name == "changed_at" else name
    value = getattr(customer.organization if name in _OF_ORGANIZATION else customer, name_of_value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return None if name in _TEXT_OR_NULL and value == "" else value


def _cell(value: Any) -> str:
    """A CSV cell; text that a spreadsheet would run as a formula is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and _UNSEEN.sub("", value).startswith(_FORMULA_STARTS):
        return f"'{value}"
    return str(value)
