"""Pass many keys to the database as one parameter, since `__in` processes each item."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import Field
from django.db.models.expressions import RawSQL

from customers.database.prepared import Given

# A placeholder for keys in a prepared query; its value is as_parameter(keys).
KEYS = Given("keys", Field())


def among(keys: Iterable[int | str] | Given, kind: str = "bigint") -> RawSQL:
    """For use after `__in`; pass KEYS in a prepared query."""
    parameter = keys if isinstance(keys, Given) else as_parameter(keys)
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [parameter])
    return RawSQL("SELECT value FROM json_each(%s)", [parameter])


def as_parameter(keys: Iterable[int | str]) -> list[int | str] | str:
    return list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
