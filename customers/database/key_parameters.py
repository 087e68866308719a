"""Hand many keys to the database as one parameter.

Django's `__in` of a list works on each of its items, several times over; a sync asks by the same
five hundred keys in every statement of a batch.
"""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models import Field
from django.db.models.expressions import RawSQL

from customers.database.prepared import Given

# Stands for keys in a prepared query: what is told for it is as_parameter of them.
KEYS = Given("keys", Field())


def among(keys: Iterable[int | str] | Given, kind: str = "bigint") -> RawSQL:
    """`keys` as what follows `__in`; in a prepared query KEYS, which stands for them."""
    parameter = keys if isinstance(keys, Given) else as_parameter(keys)
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [parameter])
    return RawSQL("SELECT value FROM json_each(%s)", [parameter])


def as_parameter(keys: Iterable[int | str]) -> list[int | str] | str:
    """`keys` as the one parameter that they are handed over as."""
    return list(keys) if connection.vendor == "postgresql" else json.dumps(list(keys))
