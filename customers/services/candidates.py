"""Look a condition up in the indexes first, so that what few rows fulfil is found at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Q

from customers.models import Customer
from customers.services.keys import among

FEW = 1_000
SHORTEST_PART = 3  # characters; a trigram


def by_key_if_few(condition: Q) -> Q:
    """The keys of the rows that fulfil `condition`, or itself if they are more than FEW.

    A database guesses how many rows hold a part of a word, and guesses badly. Where it then walks
    a million names for the ten that fit, it is told their keys instead. Many fit soon anyhow.
    """
    with _by_indexes_of_parts():
        rows = Customer.objects.filter(condition).values_list("pk", flat=True)
        keys = list(rows[: FEW + 1])
    return Q(pk__in=among(keys)) if len(keys) <= FEW else condition


@contextmanager
def _by_indexes_of_parts() -> Iterator[None]:
    """Within it, PostgreSQL looks conditions up and combines them, and walks no table or order."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan"):
            cursor.execute(f"SET LOCAL {way} = off")
        yield
        for way in ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan"):
            cursor.execute(f"SET LOCAL {way} = on")
