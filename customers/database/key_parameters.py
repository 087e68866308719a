"""Pass many keys as one parameter: `__in` with a list processes each item."""

import json
from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL


def among(keys: Iterable[int | str], kind: str = "bigint") -> RawSQL:
    if connection.vendor == "postgresql":
        return RawSQL(f"SELECT unnest(%s::{kind}[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])


def place_among(keys: Iterable[int], column: str) -> RawSQL:
    """Where a row's key stands among `keys`, to order by; `column` is that key in SQL."""
    if connection.vendor == "postgresql":
        return RawSQL(f"array_position(%s::bigint[], {column})", [list(keys)])
    places = json.dumps({str(key): place for place, key in enumerate(keys)})
    return RawSQL(f"json_extract(%s, '$.\"' || {column} || '\"')", [places])
