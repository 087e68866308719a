"""The values that a list can be filtered by: told from what the user may see, in bounded time."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from customers.database.capped_counts import capped_count
from customers.models import Customer
from customers.services.access.proof_rule import Shows
from customers.services.access.visible import granted_proofs, plainly_visible
from customers.services.lists.listing import FILTERS

MOST_CHOICES = 100
# Up to so many organizations a user's own rows are read; beyond, values are looked up one by one.
FEW = 1_000
# How many rows of a value are tried before it counts as one that the user does not see.
_TRIES = 300
_TABLE = Customer._meta.db_table


def choices(user: AbstractBaseUser) -> dict[str, list[str]]:
    """The values of each filter that occur in what `user` may see.

    A value that only few of very many rows have, of which the user sees few, may be left out.
    """
    if capped_count(granted_proofs(user), FEW) <= FEW:
        rows = list(plainly_visible(user).values_list(*FILTERS))
        columns = zip(*rows, strict=True) if rows else [()] * len(FILTERS)
        return {
            name: sorted(set(values) - {""})[:MOST_CHOICES]
            for name, values in zip(FILTERS, columns, strict=True)
        }
    return _seen(user)


def _seen(user: AbstractBaseUser) -> dict[str, list[str]]:
    """The values of each column, each found from the one before in an index, that `user` may see.

    Reading all rows to learn a dozen values would take seconds at a million.
    """
    # One look into the index by organization for each row tried, whatever the planner thinks.
    allowed, parameters = Shows(user).said_of("tried.organization_id", "tried.is_set_up")
    parts = [_PART.format(column=name, allowed=allowed) for name in FILTERS]
    values = dict[str, list[str]]((name, []) for name in FILTERS)
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), parameters * len(parts))
        for name, value in cursor.fetchall():
            values[name].append(value)
    return values


_PART = f"""
    SELECT * FROM (
        WITH RECURSIVE known(value) AS (
            SELECT MIN({{column}}) FROM {_TABLE} WHERE {{column}} > ''
            UNION ALL
            SELECT (SELECT MIN({{column}}) FROM {_TABLE} WHERE {{column}} > known.value)
            FROM known WHERE known.value IS NOT NULL
        )
        SELECT '{{column}}' AS name, value FROM known
        WHERE value IS NOT NULL AND EXISTS (
            SELECT 1 FROM (
                SELECT organization_id, is_set_up FROM {_TABLE} WHERE {{column}} = value
                ORDER BY folded_name, organization_id LIMIT {_TRIES}
            ) AS tried
            WHERE ({{allowed}}) IS TRUE
        )
        LIMIT {MOST_CHOICES}
    ) AS seen_{{column}}
"""
