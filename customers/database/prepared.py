"""Ask the same query again with other values, without building it again.

Django takes several times as long to put a query into SQL as the database takes to answer it, and
an organization's page asks a dozen that are the same each time but for a key and a time. Such a
query is written like any other, with Given where a value goes; it is put into SQL once. Most of
what PostgreSQL then takes for one that finds a few rows by their key is to plan it; that, too, is
done once where the query says so.
"""

from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

import psycopg
from django.db import connections
from django.db.backends.utils import CursorWrapper
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

_Row = TypeVar("_Row")


class Given(Expression):
    """Stands in a query for a value that is told each time it is asked."""

    def __init__(self, name: str, output_field: Field) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """Itself in place of a parameter, so that what it stands for can be put in later."""
        return "%s", [self]

    def told(self, given: dict[str, object], connection: Any) -> Any:
        """The parameter that it stands for."""
        return self.output_field.get_db_prep_value(given[self.name], connection)


def tell(parameters: Iterable[Any], given: dict[str, object], connection: Any) -> list[Any]:
    """The parameters of an SQL, with what stands in them for `given` values told."""
    told: dict[str, Any] = {}
    for value in parameters:
        if isinstance(value, Given) and value.name not in told:
            told[value.name] = value.told(given, connection)
    return [told[value.name] if isinstance(value, Given) else value for value in parameters]


def plan_once(cursor: CursorWrapper) -> None:
    """Have PostgreSQL plan what is asked with this cursor once on each connection."""
    if cursor.db.vendor == "postgresql":
        # Django's own puts the values into the text, which is then another each time.
        cursor.cursor = psycopg.Cursor(cursor.db.connection)


class Prepared(Generic[_Row]):
    """A query that `build` makes at its first use, and that is put into SQL only then.

    `by_key` says that one plan is good for all values, since it finds a few rows by their key:
    each connection to PostgreSQL then plans it once. One that reads by ranges must be planned with
    its values, of which a plan that is kept knows nothing.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, _Row]], *, by_key: bool = False) -> None:
        self._build = build
        self._by_key = by_key

    def ask(self, **given: object) -> list[_Row]:
        """The rows, now, with the values that `given` names."""
        queryset, compiler, sql, parameters, converted = self._compiled
        asked = copy(compiler)
        asked.connection = connections[queryset.db]  # of this thread
        told = tell(parameters, given, asked.connection)
        vars(asked)["execute_sql"] = lambda *_args, **_options: [self._fetch(asked, sql, told)]
        vars(asked)["has_composite_fields"] = lambda _: False  # none of the portal's is
        vars(asked)["get_converters"] = lambda _: type(asked).get_converters(asked, converted)
        again = queryset.all()
        vars(again.query)["get_compiler"] = lambda *_args, **_options: asked
        return list(again)

    def _fetch(self, asked: SQLCompiler, sql: str, parameters: list[Any]) -> list[Any]:
        with asked.connection.cursor() as cursor:
            if self._by_key:
                plan_once(cursor)
            cursor.execute(sql, parameters)
            rows: list[Any] = cursor.fetchall()
        return rows

    @cached_property
    def _compiled(self) -> tuple[QuerySet[Any, _Row], SQLCompiler, str, tuple[Any, ...], list[Any]]:
        queryset = self._build()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        # Most columns come as they are, and Django would ask each of eighty again each time.
        columns = [column for column, *_ in compiler.select]
        converters = compiler.get_converters(columns)
        converted = [
            column if place in converters else None for place, column in enumerate(columns)
        ]
        compiler.connection = None  # that of one thread, which nobody else may use
        return queryset, compiler, sql, parameters, converted
