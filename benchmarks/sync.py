"""Measure sync_customers end to end at a known upstream latency.

Each row is a run with an empty database: `python -m benchmarks.sync --help`.
"""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import (
    PROJECT,
    Portal,
    credentials,
    fresh_database,
    last_object,
    sandbox,
)

_LATENCY = 50  # milliseconds
_WARMING = 128  # threads
_BARE = 10_000  # organizations that the bare loop asks for at most; more would not change its rate
_TITLES = ("organizations", "threads", "orgs/s", "of ideal", "CPU s/1,000", "peak MB")


def main() -> None:
    options = _options()
    print(f"Sync at {options.latency} ms latency, on {machine(options.database)}.\n")
    print(table((*_TITLES, "bare loop/s", "its CPU s/1,000")))
    for organizations in options.organizations:
        with sandbox(organizations, f"{options.latency}ms") as upstream:
            _bare_loop(upstream, _WARMING, organizations)  # creates the organizations on demand
            for threads in options.threads:
                _measure(upstream, options, organizations, threads)


def _measure(upstream: str, options: argparse.Namespace, organizations: int, threads: int) -> None:
    with fresh_database(options.database) as database:
        portal = Portal(database, upstream)
        portal.prepare()
        arguments = ("sync_customers", "--json", "--max-age=7d", f"--concurrency={threads}")
        with ThreadPoolExecutor(options.runs) as pool:
            ran = list(pool.map(lambda _: portal.run(*arguments), range(options.runs)))
        idle = portal.run(*arguments)  # nothing is due: the cost of starting and looking
    bare = _bare_loop(upstream, threads, _BARE)
    reports = [last_object(one.out) for one in ran]
    checked = sum(report["checked"] for report in reports)
    if checked != organizations:
        sys.exit(f"{checked} checks of {organizations} organizations: some were asked for twice.")
    rate = checked / max(report["seconds"] for report in reports)
    ideal = options.runs * threads / options.latency * 1000 if options.latency else float("inf")
    cpu = sum(one.cpu - idle.cpu for one in ran)
    print(
        row(
            (
                f"{organizations:,}",
                threads if options.runs == 1 else f"{options.runs} x {threads}",
                f"{rate:,.0f}",
                f"{rate / ideal:.2f}",
                f"{cpu / checked * 1000:.2f}",
                f"{max(one.peak for one in ran):.0f}",
                f"{bare['rate']:,.0f}",
                f"{bare['cpu']:.2f}",
            )
        ),
        flush=True,
    )


def _bare_loop(upstream: str, threads: int, most: int) -> dict[str, float]:
    """The highest rate that this machine reaches now; other load slows both."""
    loop = subprocess.run(
        [sys.executable, "-m", "benchmarks.machinery.bare_loop", upstream, str(threads), str(most)],
        cwd=PROJECT,
        env=os.environ | credentials(upstream),
        stdout=subprocess.PIPE,
        check=True,
    )
    return cast(dict[str, float], json.loads(loop.stdout))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sync",
        description=(
            "Measure sync_customers against a sandbox on this machine. The rate counts from the "
            "start of the run to its end, with everything stored; the CPU seconds are those of the "
            "processes beyond a run that finds nothing due. Beside it, as many threads that only "
            "send prepared requests, and read and store nothing."
        ),
        epilog="example:\n  python -m benchmarks.sync --organizations 5000 --threads 32 128",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--organizations", type=int, nargs="+", default=[1_000, 100_000], metavar="N"
    )
    parser.add_argument("--threads", type=int, nargs="+", default=[8, 32, 128], metavar="N")
    parser.add_argument(
        "--runs", type=int, default=1, metavar="N", help="at once, on one database (default: 1)"
    )
    parser.add_argument("--latency", type=int, default=_LATENCY, metavar="MS")
    parser.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL", ""),
        metavar="URL",
        help="a PostgreSQL server, on which a database is made and dropped (DATABASE_URL); "
        "without one, a SQLite file",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
