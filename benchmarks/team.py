"""What a team costs: calls, time and rows of proofs, by own proofs and by permission lists.

Each row begins with an empty database: `python -m benchmarks.team --help`.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import PROJECT, Portal, fresh_database, last_object

_LISTENING = re.compile(r"listening on (http://\S+)")
_TITLES = (
    *("proofs", "users", "organizations", "calls", "per organization", "seconds"),
    *("rows of proofs", "their MB", "next cycle: calls", "seconds"),
)
_DESK = "from benchmarks.proving import desk; desk."
_MB = 1_000_000


class Team(NamedTuple):
    proofs: str
    users: int
    organizations: int

    @property
    def calls(self) -> int:
        """Of a cycle, as they should be."""
        return self.organizations * (self.users if self.proofs == "own" else 2)

    @property
    def rows(self) -> int:
        """Lists have a row each, one for each user on them, and one for who asked."""
        return self.organizations * (self.users if self.proofs == "own" else self.users + 2)


class Cost(NamedTuple):
    calls: int
    seconds: float
    rows: int
    size: int  # bytes
    next_calls: int
    next_seconds: float


def main() -> None:
    options = _options()
    print(f"Teams, on {machine(options.database)}. ~ is computed from the last measured row.\n")
    print(table(_TITLES))
    for proofs in ("own", "listed"):
        measured: tuple[Team, Cost] | None = None
        for size in options.sizes:
            team = Team(proofs, *size)
            if measured is None or team.calls <= options.most:
                cost = _measure(options, team)
                measured = team, cost
                print(_row(team, cost), flush=True)
            else:
                print(_row(team, _computed(team, *measured), "~"), flush=True)


def _measure(options: argparse.Namespace, team: Team) -> Cost:
    with counting_upstream(team.users) as upstream, fresh_database(options.database) as database:
        portal = Portal(database, upstream)
        portal.run("migrate", "--verbosity=0")
        _desk(portal, f"fill({team.users}, {team.organizations})")
        taken_calls(upstream)
        first, calls = _sync(portal, upstream, team)
        stored = last_object(_desk(portal, "print_proofs()"))
        _desk(portal, "let_time_pass()")
        again, next_calls = _sync(portal, upstream, team)
    return Cost(calls, first, stored["rows"], stored["bytes"], next_calls, again)


def _sync(portal: Portal, upstream: str, team: Team) -> tuple[float, int]:
    """Seconds and calls."""
    ran = portal.run("sync_customers", "--json", "--concurrency=32", ACCESS_PROOFS=team.proofs)
    report = last_object(ran.out)
    if report["checked"] != team.organizations or report["failed"]:
        sys.exit(f"{report['checked']} of {team.organizations} were checked: {report}")
    return report["seconds"], taken_calls(upstream)


def _computed(team: Team, before: Team, cost: Cost) -> Cost:
    """A cycle takes time for each call, and a row its bytes."""
    times = team.calls / before.calls
    return Cost(
        team.calls,
        cost.seconds * times,
        team.rows,
        round(cost.size / cost.rows * team.rows),
        team.calls,
        cost.next_seconds * times,
    )


def _row(team: Team, cost: Cost, mark: str = "") -> str:
    return row(
        (
            team.proofs,
            f"{team.users:,}",
            f"{team.organizations:,}",
            f"{mark}{cost.calls:,}",
            f"{mark}{cost.calls / team.organizations:.1f}",
            f"{mark}{cost.seconds:,.0f}",
            f"{mark}{cost.rows:,}",
            f"{mark}{cost.size / _MB:,.1f}",
            f"{mark}{cost.next_calls:,}",
            f"{mark}{cost.next_seconds:,.0f}",
        )
    )


def _desk(portal: Portal, statement: str) -> str:
    return portal.run("shell", "--verbosity=0", "--command", f"{_DESK}{statement}").out


def taken_calls(upstream: str) -> int:
    """All since the last time."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(f"{upstream}/counts", timeout=60) as answer:
        return sum(json.loads(answer.read()).values())


@contextmanager
def counting_upstream(users: int) -> Iterator[str]:
    command = [sys.executable, "-m", "benchmarks.proving.counting_upstream", str(users)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            found = _LISTENING.search(process.stdout.readline() if process.stdout else "")
            if found is None:
                sys.exit("The upstream did not start.")
            yield found[1]
        finally:
            process.terminate()


def _size(text: str) -> tuple[int, int]:
    users, _, organizations = text.partition("x")
    return int(users), int(organizations)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.team",
        description=(
            "Measure the first sync of a team, and the next one after half of ACCESS_PROOF_TTL, "
            "against an upstream of its own that counts calls and answers at once. Every user may "
            "see every organization. Calls include those that verify sessions first."
        ),
        epilog="example:\n  python -m benchmarks.team --sizes 2x1000 20x1000 --most 50000",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--sizes",
        type=_size,
        nargs="+",
        default=[(2, 1_000), (20, 1_000), (200, 1_000), (50, 100_000)],
        metavar="USERSxORGANIZATIONS",
    )
    parser.add_argument(
        "--most",
        type=int,
        default=250_000,
        metavar="CALLS",
        help="compute what takes more calls per cycle",
    )
    parser.add_argument(
        "--database",
        default=os.environ.get("DATABASE_URL", ""),
        metavar="URL",
        help="a PostgreSQL server, on which databases are made and dropped (DATABASE_URL); "
        "without one, a SQLite file",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
