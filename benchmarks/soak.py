"""People use the portal while syncs run.

Starts gunicorn as `make run` does, with its own sandbox and database. Prints a table of pages, and
exits non-zero on an error, a locked database, or a 95th percentile of 300 ms or more.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.machinery.colleagues import Colleague
from benchmarks.machinery.latencies import Latencies
from benchmarks.machinery.served import Served
from tests.helpers.sandbox_process import PROJECT, SandboxProcess

SLOWEST = 300  # milliseconds at the 95th percentile
LOCKED = "database is locked"
_SIGN_INS_AT_A_TIME = 4
_EXAMPLE = """examples:
  python -m benchmarks.soak --minutes 1 --people 10
  python -m benchmarks.soak --database postgres://postgres@127.0.0.1/soak
"""


def main() -> None:
    options = _options()
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess("--organizations", str(options.organizations)) as sandbox,
    ):
        served = Served(Path(folder), options.database, sandbox, options.max_rps)
        served.prepare()
        names = _filled(served, options)
        with served.serving():
            latencies, syncs = _soak(served, names, options)
        sys.exit(_verdict(served, latencies, syncs))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.soak",
        description=__doc__,
        epilog=_EXAMPLE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=10, metavar="10")
    parser.add_argument("--people", type=int, default=50, metavar="50")
    parser.add_argument("--organizations", type=int, default=3000, metavar="3000")
    parser.add_argument(
        "--think",
        type=float,
        nargs=2,
        default=(1, 5),
        metavar=("1", "5"),
        help="seconds that a person looks at a page, at least and at most",
    )
    parser.add_argument(
        "--max-rps",
        type=float,
        default=20,
        metavar="20",
        help="requests per second of the API key, shared by the sync and the people; 0 is no bound",
    )
    parser.add_argument(
        "--latency", type=float, default=0.05, metavar="0.05", help="of the upstream, in seconds"
    )
    parser.add_argument(
        "--database", default="", metavar="URL", help="an empty one (a SQLite file of its own)"
    )
    return parser.parse_args()


def _filled(served: Served, options: argparse.Namespace) -> list[str]:
    from django.db import connection

    from benchmarks.machinery.desk import fill

    _say(f"Filling {connection.vendor} with {options.organizations} organizations …")
    names = fill(served.sandbox, options.people)
    connection.close()
    served.sandbox.set_latency(options.latency)
    return names


def _soak(
    served: Served, names: list[str], options: argparse.Namespace
) -> tuple[Latencies, Counter[int]]:
    latencies = Latencies()
    people = _signed_in(served, names, latencies)
    _say(f"{len(people)} people click for {options.minutes:g} minutes while a sync runs …")
    stop = threading.Event()
    syncs: Counter[int] = Counter()
    with ThreadPoolExecutor(len(people) + 1) as pool:
        doing = [pool.submit(_sync_until, stop, served, syncs)]
        doing += [pool.submit(person.click_until, stop, options.think) for person in people]
        time.sleep(options.minutes * 60)
        stop.set()
    for done in doing:
        done.result()  # raises what stopped a person early
    return latencies, syncs


def _signed_in(served: Served, names: list[str], latencies: Latencies) -> list[Colleague]:
    """A few at a time and not measured: passwords are slow to check."""
    from benchmarks.machinery.desk import PASSWORD

    people = [Colleague(number, served.url, latencies) for number in range(len(names))]
    with ThreadPoolExecutor(_SIGN_INS_AT_A_TIME) as pool:
        list(pool.map(lambda person, name: person.sign_in(name, PASSWORD), people, names))
    return people


def _sync_until(stop: threading.Event, served: Served, syncs: Counter[int]) -> None:
    command = [sys.executable, "manage.py", "sync_customers", "--max-age", "0s"]
    with (served.folder / "sync.log").open("wb") as log:
        while not stop.is_set():
            run = subprocess.Popen(
                command, cwd=PROJECT, env=served.environment, stdout=log, stderr=log
            )
            while run.poll() is None and not stop.wait(0.2):
                pass
            if run.poll() is None:
                run.terminate()  # it finishes its batch and exits
                run.wait()
            else:
                syncs[run.returncode] += 1


def _verdict(served: Served, latencies: Latencies, syncs: Counter[int]) -> int:
    logs = [path.read_text(errors="replace") for path in served.folder.glob("*.log")]
    locked = sum(text.lower().count(LOCKED) for text in logs)
    overall = latencies.all()
    _say(f"\n{latencies.table()}\n")
    _say(f"Statuses: {dict(sorted(latencies.statuses.items()))}")
    _say(f"Syncs ended: {dict(syncs)} (exit code: runs); “{LOCKED}” in the logs: {locked}")
    for error, count in Counter(overall.errors).most_common(10):
        _say(f"{count} x {error}")
    slow = overall.percentile(0.95) >= SLOWEST
    failed_syncs = sum(count for code, count in syncs.items() if code)
    if not (overall.errors or locked or slow or failed_syncs):
        return 0
    for text in logs:
        sys.stderr.write(text[-3000:])
    return 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
