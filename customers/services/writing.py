"""Insert many rows at once, or update those that are there: one statement a table.

PostgreSQL gets them by COPY, which costs a tenth of an INSERT with as many parameters; SQLite by
one prepared statement. Django's bulk_create does the same, at several times the CPU.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.db import connection, models

# Below this, a temporary table costs more than it saves.
_WORTH_A_COPY = 20
# What a driver takes as it is; everything else asks its field first.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)


def upsert(rows: Sequence[models.Model], unique: Sequence[str], update: Iterable[str]) -> None:
    """Write `rows`, all of one model, within a transaction of the caller.

    Where a row with the same `unique` fields is there, its `update` fields are replaced.
    """
    if not rows:
        return
    model = type(rows[0])
    columns = [field for field in model._meta.concrete_fields if not _is_the_databases(field)]
    conflict = _conflict(model, unique, update)
    if connection.vendor == "postgresql" and len(rows) >= _WORTH_A_COPY:
        _copy(model, rows, columns, conflict)
    else:
        _insert(model, rows, columns, conflict)


def _is_the_databases(field: models.Field) -> bool:
    """Whether the database numbers or computes it."""
    return isinstance(field, models.AutoField) or field.generated


def _conflict(model: type[models.Model], unique: Sequence[str], update: Iterable[str]) -> str:
    fields = {field.name: _quoted(field.column) for field in model._meta.concrete_fields}
    replaced = ", ".join(f"{fields[name]} = EXCLUDED.{fields[name]}" for name in update)
    return f"ON CONFLICT ({', '.join(fields[name] for name in unique)}) DO UPDATE SET {replaced}"


def _copy(
    model: type[models.Model],
    rows: Sequence[models.Model],
    columns: list[models.Field],
    conflict: str,
) -> None:
    table = _quoted(model._meta.db_table)
    staged = _quoted(f"staged_{model._meta.db_table}")
    names = ", ".join(_quoted(column.column) for column in columns)
    attributes = [column.attname for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {staged} AS SELECT {names} FROM {table} LIMIT 0")
        with cursor.copy(f"COPY {staged} ({names}) FROM STDIN") as copy:
            for row in rows:
                state = row.__dict__
                copy.write_row([state[attribute] for attribute in attributes])
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {staged} {conflict}")
        cursor.execute(f"DROP TABLE {staged}")


def _insert(
    model: type[models.Model],
    rows: Sequence[models.Model],
    columns: list[models.Field],
    conflict: str,
) -> None:
    table = _quoted(model._meta.db_table)
    names = ", ".join(_quoted(column.column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    prepared = [(column.attname, _preparation(column)) for column in columns]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places}) {conflict}",
            [
                [
                    prepare(row.__dict__[attribute])
                    if prepare and row.__dict__[attribute] is not None
                    else row.__dict__[attribute]
                    for attribute, prepare in prepared
                ]
                for row in rows
            ],
        )


def _preparation(field: models.Field) -> Any:
    if isinstance(field, _PLAIN):
        return None
    if isinstance(field, models.DateTimeField):
        return _moment
    return partial(field.get_db_prep_save, connection=connection)


@lru_cache(maxsize=1024)
def _moment(value: datetime) -> Any:
    """The columns of one answer share few times, and the proof of it has the same."""
    return connection.ops.adapt_datetimefield_value(value)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
