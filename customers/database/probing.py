"""Statements that stop early: PostgreSQL looks rows up instead of first reading whole tables."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def first_keys(keys: QuerySet[Any, int], number: int) -> list[int]:
    """Of a queryset of keys alone."""
    try:
        sql, parameters = keys[:number].query.sql_with_params()
    except EmptyResultSet:
        return []
    return [key for (key,) in read_probing(sql, parameters)]


def read_probing(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """A statement that stops early loses by a join that first reads all of one side. In one message
    with it go its settings, for which PostgreSQL begins and ends a transaction of their own."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute(f"{_SETTINGS if is_postgresql else ''}{sql}", parameters)
        while is_postgresql and cursor.nextset():
            pass  # to the last result, that of SELECT
        return list(cursor.fetchall())


_SETTINGS = "SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; "
