"""The values that lists can be filtered by, found in bounded time."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection

from customers.database.capped_counts import capped_counts
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.proof_rule import Shows
from customers.services.access.visible import granted_proofs, listed_proofs, plainly_visible
from customers.services.lists.listing import FILTERS

MOST_CHOICES = 100
# A user who sees at most this many has all rows read; beyond it, each value is looked up.
FEW = 1_000
# How many rows with a value are tried before the value counts as not visible.
_TRIES = 300
_TABLE = Customer._meta.db_table


def choices(user: AbstractBaseUser) -> dict[str, list[str]]:
    found = kept(user, "choices", lambda: find_choices(user)).figures
    return {name: found.get(name, []) for name in FILTERS}


def find_choices(user: AbstractBaseUser) -> dict[str, list[str]]:
    """The values of each filter that occur in what `user` may see; may miss a very rare one."""
    proved = {"granted": granted_proofs(user), "listed": listed_proofs(user)}
    if sum(capped_counts(proved, FEW).values()) <= FEW:
        rows = list(plainly_visible(user).values_list(*FILTERS))
        columns = zip(*rows, strict=True) if rows else [()] * len(FILTERS)
        return {
            name: sorted(set(values) - {""})[:MOST_CHOICES]
            for name, values in zip(FILTERS, columns, strict=True)
        }
    return _occurring(user)


def _occurring(user: AbstractBaseUser) -> dict[str, list[str]]:
    """Find the values by skipping through the index: reading a million rows would take seconds."""
    # Forces one index lookup per row tried; the planner might choose a scan.
    allowed, parameters = Shows(user).sql_of("tried.organization_id", "tried.is_set_up")
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
