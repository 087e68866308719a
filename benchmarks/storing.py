"""Compare storing answers with dj-stripe (`python -m benchmarks.storing --help`)."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import django

from benchmarks.machinery.djstripe_environment import CACHE, djstripe_python
from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import PROJECT, environment, fresh_database
from benchmarks.machinery.taken import Taken

_BATCH = 500  # what the portal stores per transaction
_TITLES = (
    *("stored by", "customers", "inserted/s", "updated/s"),
    *("insert CPU s/1,000", "update CPU s/1,000", "insert, times", "update, times"),
)


def main() -> None:
    options = _options()
    if options.measure:
        print(json.dumps(_measured(options.measure)))
        return
    print(f"Storing, on {machine(options.database)}.\n")
    print(table(_TITLES))
    theirs = _dj_stripe(options)
    _print("dj-stripe", options.djstripe_customers, theirs, theirs)
    batched = _dj_stripe(options, f"--batch={_BATCH}")
    _print(f"dj-stripe, {_BATCH} a transaction", options.djstripe_customers, batched, theirs)
    _print("the portal", options.customers, _portal(options), theirs)
    print(flush=True)


def _portal(options: argparse.Namespace) -> list[Taken]:
    """In a process of its own: the settings allow one database per process."""
    with fresh_database(options.database) as url:
        command = (sys.executable, "-m", "benchmarks.storing", f"--measure={options.customers}")
        return _ran(command, environment(url))


def _measured(customers: int) -> list[Taken]:
    django.setup()
    from django.core.management import call_command

    from benchmarks.machinery.storing_portal import measure

    call_command("migrate", verbosity=0)
    return measure(customers)


def _dj_stripe(options: argparse.Namespace, *more: str) -> list[Taken]:
    with fresh_database(options.database) as url:
        module = (djstripe_python(), "-m", "benchmarks.machinery.storing_djstripe")
        return _ran((*module, str(options.djstripe_customers), url, *more), dict(os.environ))


def _ran(command: Sequence[str | Path], variables: dict[str, str]) -> list[Taken]:
    ran = subprocess.run(command, cwd=PROJECT, env=variables, stdout=subprocess.PIPE, check=True)
    return [Taken(*taken) for taken in json.loads(ran.stdout.splitlines()[-1])]


def _print(name: str, customers: int, taken: list[Taken], beside: list[Taken]) -> None:
    rates = [f"{each.rate:,.0f}" for each in taken]
    seconds = [f"{each.cpu:.2f}" for each in taken]
    times = [f"{a.rate / b.rate:.1f}" for a, b in zip(taken, beside, strict=True)]
    print(row((name, f"{customers:,}", *rates, *seconds, *times)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.storing",
        description=(
            "Insert customers and then update each of them: the portal as a sync does, with\n"
            "payload, proof of access and change; dj-stripe by Customer.sync_from_stripe_data,\n"
            "once as it comes and once in transactions as large as the portal's. Both begin with\n"
            "the same bytes of JSON, each side in an empty database of its own. An update changes\n"
            "every customer's balance; the card that came along dj-stripe leaves as it was. Rates\n"
            "are customers per second, so the sides need not store as many; CPU seconds are the\n"
            "process's own, without the database server's; the last columns set the rates beside\n"
            "the first row's.\n\n"
            f"dj-stripe is installed once into {CACHE}, apart from the portal."
        ),
        epilog="example:\n  python -m benchmarks.storing --customers 1000 --djstripe-customers 100",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--customers", type=int, default=5_000, metavar="N")
    parser.add_argument("--djstripe-customers", type=int, default=500, metavar="N")
    parser.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL", ""),
        metavar="URL",
        help="a PostgreSQL server, on which databases are made and dropped (DATABASE_URL); "
        "without one, SQLite files",
    )
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
