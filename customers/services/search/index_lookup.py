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
    """The keys of the rows that match; `condition` itself if there are more than FEW_HITS. Planners
    estimate substring matches badly: for ten hits, they may scan a million names in order."""
    with _bitmap_scans_only():
        rows = Customer.objects.filter(condition).values_list("pk", flat=True)
        keys = list(rows[: FEW_HITS + 1])
    return Q(pk__in=among(keys)) if len(keys) <= FEW_HITS else condition


def holds(column: str, text: str) -> Q:
    """`column` contains `text`; a number in it goes first, so PostgreSQL reads fewer trigrams."""
    whole = Q(**{f"{column}__contains": text})
    number = max(_NUMBER.findall(text), key=len, default=text)
    return whole if number == text else Q(**{f"{column}__contains": number}) & whole


@contextmanager
def _bitmap_scans_only() -> Iterator[None]:
    """Restrict PostgreSQL to bitmap scans, which use the trigram indexes."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_plain_scans("off"))
        yield
        cursor.execute(_plain_scans("on"))


def _plain_scans(switch: str) -> str:
    scans = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")
    return "; ".join(f"SET LOCAL {scan} = {switch}" for scan in scans)
