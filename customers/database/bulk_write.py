"""Write many rows with one statement per table; COPY on PostgreSQL, a tenth of INSERT's cost."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any

from django.db import connection, models
from django.db.models import Value

# With fewer rows a temporary table costs more than it saves.
_COPY_MINIMUM = 20
# Drivers take these values as they are; the field converts all others.
_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.BinaryField,
    models.ForeignKey,
)


def upsert(rows: Sequence[models.Model], unique: Sequence[str], update: Iterable[str]) -> None:
    """Insert `rows`, or replace the `update` fields where the `unique` fields exist."""
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model)
    conflict = _conflict(model, unique, update)
    if connection.vendor == "postgresql" and len(rows) >= _COPY_MINIMUM:
        _copy(model, rows, columns, conflict)
    else:
        _insert(model, rows, columns, conflict)


def update(rows: Sequence[models.Model], key: str, update: Iterable[str]) -> None:
    if not rows:
        return
    model = type(rows[0])
    fields = {field.name: field for field in model._meta.concrete_fields}
    columns = [fields[name] for name in (*update, key)]
    table, values = _quoted(model._meta.db_table), _values(rows, columns)
    *names, by = (_quoted(column.column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{column.db_type(connection)}[]" for column in columns)
            replaced = ", ".join(f"{name} = new.{name}" for name in names)
            cursor.execute(
                f"UPDATE {table} SET {replaced} "
                f"FROM unnest({arrays}) AS new ({', '.join((*names, by))}) "
                f"WHERE {table}.{by} = new.{by}",
                [list(column) for column in zip(*values, strict=True)],
            )
        else:
            replaced = ", ".join(f"{name} = %s" for name in names)
            cursor.executemany(f"UPDATE {table} SET {replaced} WHERE {by} = %s", values)


def insert(rows: Sequence[models.Model]) -> None:
    if not rows:
        return
    model = type(rows[0])
    columns = _columns(model) if rows[0].pk is None else model._meta.concrete_fields
    if connection.vendor == "postgresql" and len(rows) >= _COPY_MINIMUM:
        with connection.cursor() as cursor:
            _copy_into(cursor, _quoted(model._meta.db_table), rows, columns)
    else:
        _insert(model, rows, columns, conflict="")


def update_row(row: models.Model, *names: str) -> None:
    fields = [field for field in row._meta.concrete_fields if field.name in names]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
    replaced = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    key = _quoted(row._meta.pk.column)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(row._meta.db_table)} SET {replaced} WHERE {key} = %s",
            [*values, row.pk],
        )


def insert_from(source: models.QuerySet, model: type[models.Model], **copied: str) -> None:
    """Insert a row for each row of `source`; `copied` maps fields to expressions on it."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    defaults = {name: field.get_default() for name, field in fields.items() if name not in copied}
    constant = {name: value for name, value in defaults.items() if value is not None}
    constants = [Value(value, output_field=fields[name]) for name, value in constant.items()]
    selected, parameters = source.values_list(*copied.values(), *constants).query.sql_with_params()
    names = ", ".join(_quoted(fields[name].column) for name in (*copied, *constant))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) {selected} "
            "ON CONFLICT DO NOTHING",
            parameters,
        )


@cache
def _columns(model: type[models.Model]) -> tuple[models.Field, ...]:
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not (isinstance(field, models.AutoField) or field.generated)
    )


def _conflict(model: type[models.Model], unique: Sequence[str], update: Iterable[str]) -> str:
    fields = {field.name: _quoted(field.column) for field in model._meta.concrete_fields}
    replaced = ", ".join(f"{fields[name]} = EXCLUDED.{fields[name]}" for name in update)
    return f"ON CONFLICT ({', '.join(fields[name] for name in unique)}) DO UPDATE SET {replaced}"


def _copy(
    model: type[models.Model],
    rows: Sequence[models.Model],
    columns: Sequence[models.Field],
    conflict: str,
) -> None:
    table = _quoted(model._meta.db_table)
    staged = _quoted(f"staged_{model._meta.db_table}")
    names = ", ".join(_quoted(column.column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {staged} AS SELECT {names} FROM {table} LIMIT 0")
        _copy_into(cursor, staged, rows, columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM {staged} {conflict}")
        cursor.execute(f"DROP TABLE {staged}")


def _copy_into(
    cursor: Any, table: str, rows: Sequence[models.Model], columns: Sequence[models.Field]
) -> None:
    names = ", ".join(_quoted(column.column) for column in columns)
    with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for values in _values(rows, columns):
            copy.write_row(values)


def _insert(
    model: type[models.Model],
    rows: Sequence[models.Model],
    columns: Sequence[models.Field],
    conflict: str,
) -> None:
    table = _quoted(model._meta.db_table)
    names = ", ".join(_quoted(column.column) for column in columns)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({places}) {conflict}"
    values = _values(rows, columns)
    with connection.cursor() as cursor:
        if len(values) == 1:  # not worth a pipeline
            cursor.execute(statement, values[0])
        else:
            cursor.executemany(statement, values)


def _values(rows: Sequence[models.Model], columns: Sequence[models.Field]) -> list[list[Any]]:
    attributes = itemgetter(*(column.attname for column in columns))
    preparations = _preparations(columns)

    def values(row: models.Model) -> list[Any]:
        found = list(attributes(row.__dict__))
        for place, prepare in preparations:
            if found[place] is not None:
                found[place] = prepare(found[place])
        return found

    return [values(row) for row in rows]


def _preparations(columns: Sequence[models.Field]) -> list[tuple[int, Callable[[Any], Any]]]:
    # A batch has few distinct times and expiry dates.
    moment = lru_cache(maxsize=1024)(connection.ops.adapt_datetimefield_value)
    day = lru_cache(maxsize=1024)(connection.ops.adapt_datefield_value)

    def preparation(column: models.Field) -> Callable[[Any], Any]:
        if isinstance(column, models.DateTimeField):
            return moment
        if isinstance(column, models.DateField):
            return day
        return partial(column.get_db_prep_save, connection=connection)

    return [
        (place, preparation(column))
        for place, column in enumerate(columns)
        if not isinstance(column, _PLAIN)
    ]


@cache
def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(name or "")
