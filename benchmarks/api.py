"""Ask the API for single organizations, as fast as it answers; each answer is recorded.

Starts gunicorn as `make run` does, with a database of its own. The programs, gunicorn and the
database run on one machine. Exits non-zero if an answer is wrong or is missing in the log.
"""

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path

from benchmarks.machinery.latencies import Latencies
from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import fresh_database
from benchmarks.machinery.served import Served
from tests.helpers.sandbox_process import SandboxProcess

_USER = "ana"
_WARMING = 2.0  # seconds
_TITLES = ("programs", "requests/s", "median ms", "95th ms", "99th ms", "entries of the log")
_EXAMPLE = (
    "example:\n  python -m benchmarks.api --database postgres://user:password@127.0.0.1/postgres"
)


def main() -> None:
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess("--organizations", "1") as sandbox,
        fresh_database(options.database) as database,
    ):
        served = Served(Path(folder), database, sandbox, 0)
        served.environment["API_MAX_RPM"] = "0"
        served.prepare()
        token, org_ids = _filled(options.organizations)
        print(f"GET /api/v1/orgs/{{org_id}}, on {machine(options.database)}.\n")
        print(table(_TITLES))
        with served.serving():
            for programs in options.programs:
                _ask_for(served.port, token, org_ids, programs, _WARMING)
                _measure(served.port, token, org_ids, programs, options.seconds)


def _filled(organizations: int) -> tuple[str, list[str]]:
    """A token, and ids of organizations whose whole payload is stored, as after a sync."""
    from datetime import timedelta

    from django.db import connection

    from benchmarks.machinery.crowd import changed_answers
    from benchmarks.machinery.filling import fill
    from customers.models import Payload
    from customers.services.tokens.new_tokens import make_token

    user = fill(organizations, _USER)
    changed_answers(user, 1)()
    token = make_token(user, "benchmark", ["read"], timedelta(days=1)).text
    known = Payload.objects.values_list("customer__organization__org_id", flat=True)
    org_ids = list(known)
    connection.close()
    return token, org_ids


def _measure(port: int, token: str, org_ids: list[str], programs: int, seconds: float) -> None:
    before = _entries()
    latencies, took = _ask_for(port, token, org_ids, programs, seconds)
    taken = latencies.all()
    if taken.errors:
        sys.exit(f"{len(taken.errors)} answers were wrong, such as: {taken.errors[0]}")
    answers, entries = len(taken.seconds), _entries() - before
    if entries != answers:
        sys.exit(f"{answers} answers made {entries} entries in the log.")
    parts = [f"{taken.percentile(share):.1f}" for share in (0.5, 0.95, 0.99)]
    print(row((programs, f"{answers / took:.0f}", *parts, f"{entries:,}")), flush=True)


def _ask_for(
    port: int, token: str, org_ids: list[str], programs: int, seconds: float
) -> tuple[Latencies, float]:
    latencies, until = Latencies(), time.monotonic() + seconds
    started = time.monotonic()

    def ask(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        for org_id in cycle(org_ids[number::programs]):
            if time.monotonic() >= until:
                return connection.close()
            _ask(connection, token, org_id, latencies)
        return None

    with ThreadPoolExecutor(programs) as pool:
        list(pool.map(ask, range(programs)))
    return latencies, time.monotonic() - started


def _ask(connection: HTTPConnection, token: str, org_id: str, latencies: Latencies) -> None:
    began = time.perf_counter()
    path, headers = f"/api/v1/orgs/{org_id}", {"Authorization": f"Bearer {token}"}
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    error = "" if response.status == 200 else f"{response.status} {body[:200]!r}"
    latencies.add("organization", time.perf_counter() - began, response.status, error)


def _entries() -> int:
    from django.db import connection

    from customers.models import Disclosure

    count = Disclosure.objects.count()
    connection.close()
    return count


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.api",
        description=__doc__,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--organizations", type=int, default=10_000, metavar="10000")
    parser.add_argument("--programs", type=int, nargs="+", default=[1, 4, 8], metavar="N")
    parser.add_argument("--seconds", type=float, default=20, metavar="20")
    parser.add_argument(
        "--database", default="", metavar="URL", help="a server to make one on; SQLite without it"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
