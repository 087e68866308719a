"""Resolve selective conditions through an index first."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from customers.database.key_parameters import among
from customers.models import Customer

FEW_HITS = 1_000
SHORTEST_PART = 3  # characters; a trigram
_NUMBER = re.compile(rf"[0-9]{{{SHORTEST_PART},}}")


def by_key_if_few(condition: Q) -> Q:
    """The keys of the rows that fulfil `condition`, or itself if they are more than FEW_HITS.

    A database guesses how many rows hold a part of a word, and guesses badly. Where it then walks
    a million names for the ten that fit, it is told their keys instead. Many fit soon anyhow.
    """
    with _by_indexes_of_parts():
        rows = Customer.objects.filter(condition).values_list("pk", flat=True)
        keys = list(rows[: FEW_HITS + 1])
    return Q(pk__in=among(keys)) if len(keys) <= FEW_HITS else condition


def holds(column: str, text: str) -> Q:
    """Looking for a number first saves PostgreSQL from reading the rows of every trigram."""
    whole = Q(**{f"{column}__contains": text})
    number = max(_NUMBER.findall(text), key=len, default=text)
    return whole if number == text else Q(**{f"{column}__contains": number}) & whole


@contextmanager
def _by_indexes_of_parts() -> Iterator[None]:
    """Make PostgreSQL use bitmap scans only."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ways("off"))
        yield
        cursor.execute(_ways("on"))


def _ways(switch: str) -> str:
    ways = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")
    return "; ".join(f"SET LOCAL {way} = {switch}" for way in ways)
