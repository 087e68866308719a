"""How fast sync_customers is, end to end, at a known latency of the upstream.

Each row is a run over an empty database: `python -m benchmarks.sync --help`.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import cast

from benchmarks.machine import machine, row, table
from benchmarks.portal import (
    PROJECT,
    Portal,
    credentials,
    fresh_database,
    last_object,
    sandbox,
)

_LATENCY = 50  # milliseconds
_TITLES = ("organizations", "threads", "orgs/s", "of ideal", "CPU s/1,000", "peak MB")


def main() -> None:
    options = _options()
    processes = f", {options.processes} runs at once" if options.processes > 1 else ""
    print(f"Sync at {options.latency} ms latency{processes}, on {machine(options.database)}.\n")
    print(table((*_TITLES, "bare loop/s", "its CPU s/1,000")))
    for organizations in options.organizations:
        with sandbox(organizations, f"{options.latency}ms") as upstream:
            _bare_loops(upstream, max(options.threads), 1)  # the sandbox makes what it is asked for
            for threads in options.threads:
                _measure(upstream, options, organizations, threads)


def _measure(upstream: str, options: argparse.Namespace, organizations: int, threads: int) -> None:
    processes = options.processes
    with fresh_database(options.database) as database:
        portal = Portal(database, upstream)
        portal.prepare()
        concurrency = f"--concurrency={threads // processes}"
        arguments = ("sync_customers", "--json", "--max-age=7d", concurrency)
        with ThreadPoolExecutor(processes) as pool:
            ran = list(pool.map(lambda _: portal.run(*arguments), range(processes)))
        idle = portal.run(*arguments)  # nothing is due: what starting and looking costs
    bare = _bare_loops(upstream, threads, processes)
    reports = [last_object(each.out) for each in ran]
    checked = sum(report["checked"] for report in reports)
    rate = checked / max(report["seconds"] for report in reports)
    ideal = threads / options.latency * 1000 if options.latency else float("inf")
    cpu = sum(each.cpu - idle.cpu for each in ran)
    print(
        row(
            (
                f"{organizations:,}",
                threads,
                f"{rate:,.0f}",
                f"{rate / ideal:.2f}",
                f"{cpu / checked * 1000:.2f}",
                f"{max(each.peak for each in ran):.0f}",
                f"{sum(each['rate'] for each in bare):,.0f}",
                f"{statistics.mean(each['cpu'] for each in bare):.2f}",
            )
        ),
        flush=True,
    )


def _bare_loops(upstream: str, threads: int, processes: int) -> list[dict[str, float]]:
    """How fast this machine asks at most, now; what else runs on it slows both."""
    command = [sys.executable, "-m", "benchmarks.bare_loop", upstream, str(threads // processes)]
    loops = [
        subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | credentials(upstream), stdout=subprocess.PIPE
        )
        for _ in range(processes)
    ]
    return [cast(dict[str, float], json.loads(loop.communicate()[0])) for loop in loops]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.sync",
        description=(
            "Measure sync_customers against a sandbox on this machine. The rate counts from the "
            "start of the run to its end, with everything stored; the CPU seconds are those of the "
            "process beyond a run that finds nothing due. Beside it, as many threads that only "
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
        "--processes",
        type=int,
        default=1,
        metavar="N",
        help="as many syncs at once, which share the threads and the work",
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
