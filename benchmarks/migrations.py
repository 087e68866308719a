"""How long readers and writers wait for the changes that migrations make beside running code.

Fills a database of its own on a PostgreSQL server. While each change runs, one thread reads and one
writes single rows of the table; printed is the longest that either waited. The last changes are
those that tests/helpers/migrations/unsafe_migrations.py refuses.
"""

import argparse
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import django
import psycopg
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Q

from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import environment, fresh_database
from customers.database.online_changes import AddCheckUnvalidated, AddIndexOnline, ValidateCheck

_TITLES = ("change", "takes ms", "a reader waits ms", "a writer waits ms")
_READ = "SELECT * FROM customers_customer WHERE organization_id = %s"
_WRITE = "UPDATE customers_customer SET attempted_at = now() WHERE organization_id = %s"
_ROWS_AT_A_TIME = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.migrations",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", required=True, metavar="postgres://…")
    parser.add_argument("--rows", type=int, default=1_000_000, metavar="1000000")
    options = parser.parse_args()
    with fresh_database(options.database) as url:
        os.environ.update(environment(url))
        django.setup()
        print(f"Changes to a table of {options.rows:,} rows, on {machine(options.database)}.\n")
        _fill(options.rows)
        print(table(_TITLES))
        state = MigrationLoader(connection).project_state()
        for title, migration in _changes():
            print(row((title, *_measured(url, options.rows, state, migration))), flush=True)
        connection.close()


def _fill(rows: int) -> None:
    from django.core.management import call_command

    from benchmarks.machinery.filling import fill

    call_command("migrate", verbosity=0)
    fill(rows, "ana")


def _changes() -> Iterator[tuple[str, migrations.Migration]]:
    many = models.CheckConstraint(condition=Q(rank__gte=0), name="ranked")
    few = models.CheckConstraint(condition=Q(rank__lt=9), name="few")
    whom = models.ForeignKey(
        "auth.User", models.SET_NULL, null=True, db_index=False, related_name="+"
    )
    yield "add a nullable column", _add("colour", models.CharField(max_length=9, null=True))
    yield "add one with a db_default", _add("rank", models.IntegerField(db_default=0))
    yield "add a reference without an index", _add("whom", whom)
    yield "fill it, 1,000 rows at a time", _change(migrations.RunPython(_fill_colours), False)
    yield "AddIndexOnline", _change(AddIndexOnline("customer", _index("whom")), False)
    yield "AddCheckUnvalidated", _change(AddCheckUnvalidated("customer", many))
    yield "ValidateCheck", _change(ValidateCheck("customer", "ranked"))
    yield "widen a text", _alter("colour", models.CharField(max_length=90, null=True))
    yield "remove an index", _change(migrations.RemoveIndex("customer", "by_whom"))
    yield "drop a column", _change(migrations.RemoveField("customer", "colour"))
    yield "refused: AddIndex", _change(migrations.AddIndex("customer", _index("rank")))
    yield "refused: AddConstraint", _change(migrations.AddConstraint("customer", few))
    yield "refused: another type", _alter("rank", models.BigIntegerField(db_default=0))


def _change(operation: Any, is_atomic: bool = True) -> migrations.Migration:
    class Measured(migrations.Migration):
        atomic = is_atomic
        operations = [operation]

    return Measured("measured", "customers")


def _add(name: str, field: Any) -> migrations.Migration:
    return _change(migrations.AddField("customer", name, field))


def _alter(name: str, field: Any) -> migrations.Migration:
    return _change(migrations.AlterField("customer", name, field))


def _index(column: str) -> models.Index:
    return models.Index(fields=[column], name=f"by_{column}")


def _fill_colours(apps: Any, _schema_editor: Any) -> None:
    customers = apps.get_model("customers", "Customer").objects
    last = customers.latest("pk").pk
    for first in range(0, last + 1, _ROWS_AT_A_TIME):
        customers.filter(pk__gte=first, pk__lt=first + _ROWS_AT_A_TIME).update(colour="red")


def _measured(
    url: str, rows: int, state: ProjectState, migration: migrations.Migration
) -> list[str]:
    with _waiting(url, _READ, rows) as reading, _waiting(url, _WRITE, rows) as writing:
        start = time.perf_counter()
        with connection.schema_editor(atomic=migration.atomic) as editor:
            migration.apply(state, editor)
        taken = time.perf_counter() - start
    return [f"{seconds * 1000:,.0f}" for seconds in (taken, reading(), writing())]


@contextmanager
def _waiting(url: str, statement: str, rows: int) -> Iterator[Callable[[], float]]:
    """Runs the statement all the time; gives the longest that it took, once it has ended."""
    over, ready = threading.Event(), threading.Event()

    def run() -> float:
        longest = 0.0
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as opened:
            while not over.is_set():
                key = random.randint(1, rows)
                start = time.perf_counter()
                opened.execute(statement.encode(), [key])
                longest = max(longest, time.perf_counter() - start if ready.is_set() else 0.0)
                ready.set()
                time.sleep(0.002)
        return longest

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        ready.wait()
        try:
            yield running.result
        finally:
            over.set()


if __name__ == "__main__":
    main()
