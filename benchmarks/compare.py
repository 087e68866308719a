"""Measure this tree and an earlier release by turns, and compare them with the budgets."""

import argparse
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from benchmarks.comparing.releases import THIS, Release, checked_out
from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import PROJECT, environment, fresh_database

_RELEASE_0_3_0 = "f9f0530"
_WARMING, _TIMES, _SYNCS = 3, 30, 3
_LATENCY, _THREADS = 50, 32
_LIST, _ORGANIZATION, _OVERVIEW = 1.5, 2.0, 1.4


class Page(NamedTuple):
    name: str
    address: str
    budget: float  # times the earlier release's median


class Synced(NamedTuple):
    share: float  # of the ideal rate
    cpu: float  # seconds per 1,000 organizations


def main() -> None:
    options = _options()
    with ExitStack() as stack:
        earlier = stack.enter_context(checked_out(options.release))
        print(f"This tree and {options.release} by turns, on {machine(options.database)}.\n")
        releases = (earlier, THIS)
        if options.organizations:
            _compare_pages(releases, options.organizations, options.database)
        if options.synced:
            _compare_syncs(releases, options.synced, options.database)


def _pages(organizations: int) -> Iterator[Page]:
    """Row numbers decide what an organization has: see benchmarks/machinery/filling.py."""
    with_card, with_nothing = (
        f"/orgs/00000000-0000-4000-8000-{100_000_000_000 + n}/" for n in (50, 5)
    )
    yield Page("organization with a card on file", with_card, _ORGANIZATION)
    yield Page("organization with nothing on file", with_nothing, _ORGANIZATION)
    yield Page("overview", "/", _OVERVIEW)
    yield Page("list, first page", "/orgs/", _LIST)
    for query in (
        "worklist=delinquent",
        "worklist=expired",
        "worklist=expiring",
        "worklist=no-payment-method",
        "worklist=could-not-check",
        "worklist=unclear",
        "brand=Visa",
        "brand=JCB&currency=jpy",
        "mode=test",
        "sort=-checked",
        "sort=-changed",
        "sort=expiry",
        "sort=-balance",
        "q=Health",
        f"q=billing{organizations // 2}@",
        "q=4242",
    ):
        yield Page(f"list, {query}", f"/orgs/?{query}", _LIST)


def _compare_pages(releases: Sequence[Release], organizations: int, database: str) -> None:
    pages = list(_pages(organizations))
    taken: dict[str, dict[str, list[float]]] = {page.name: {} for page in pages}
    with ExitStack() as stack:
        servers = [
            (release.name, stack.enter_context(_served(release, organizations, database)))
            for release in releases
        ]
        for turn in range(_WARMING + _TIMES):
            for page in pages:
                for name, server in servers:
                    milliseconds = _ask(server, page.address)
                    if turn >= _WARMING:
                        taken[page.name].setdefault(name, []).append(milliseconds)
    print(table((f"page, {organizations:,} organizations", *_TITLES)))
    for page in pages:
        before, now = (statistics.median(taken[page.name][release.name]) for release in releases)
        print(_line(page.name, before, now, page.budget))
    print(flush=True)


_TITLES = ("before", "now", "times", "budget", "")


def _line(name: str, before: float, now: float, budget: float) -> str:
    ratio = now / before
    verdict = "" if ratio <= budget else "over"
    return row((name, f"{before:.2f}", f"{now:.2f}", f"{ratio:.2f}", budget, verdict))


@contextmanager
def _served(
    release: Release, organizations: int, database: str
) -> Iterator["subprocess.Popen[str]"]:
    with fresh_database(database) as url:
        own = {
            "ALLOWED_HOSTS": "testserver",
            "SECURE_SSL_REDIRECT": "off",
            "PYTHONPATH": str(release.folder),
        }
        with subprocess.Popen(
            [release.python, "-P", str(PROJECT / "benchmarks/comparing/page_server.py")]
            + [str(organizations)],
            cwd=release.folder,
            env=environment(url) | own,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as server:
            _read(server)
            yield server
            server.kill()


def _ask(server: "subprocess.Popen[str]", address: str) -> float:
    assert server.stdin
    server.stdin.write(f"{address}\n")
    server.stdin.flush()
    return float(_read(server))


def _read(server: "subprocess.Popen[str]") -> str:
    assert server.stdout
    line = server.stdout.readline()
    if not line:
        raise SystemExit("A release ended before it answered; its error is above.")
    return line


def _compare_syncs(releases: Sequence[Release], organizations: int, database: str) -> None:
    synced: dict[str, list[Synced]] = {release.name: [] for release in releases}
    for _ in range(_SYNCS):
        for release in releases:
            synced[release.name].append(_sync(release, organizations, database))
    before, now = (synced[release.name] for release in releases)
    print(table((f"sync, {organizations:,} organizations, {_THREADS} threads", *_TITLES)))
    used_before, used = (statistics.median(one.cpu for one in several) for several in (before, now))
    print(_line("CPU s per 1,000", used_before, used, 1.35))
    shares = [statistics.median(one.share for one in several) for several in (before, now)]
    verdict = "" if shares[1] >= 0.85 else "under"
    ratio = shares[1] / shares[0]
    cells = (
        "of the ideal",
        f"{shares[0]:.2f}",
        f"{shares[1]:.2f}",
        f"{ratio:.2f}",
        "0.85 at least",
    )
    print(row((*cells, verdict)), flush=True)


def _sync(release: Release, organizations: int, database: str) -> Synced:
    """Read the one row that the release's own benchmark prints."""
    ran = subprocess.run(
        [release.python, "-m", "benchmarks.sync", f"--organizations={organizations}"]
        + [f"--threads={_THREADS}", f"--latency={_LATENCY}", f"--database={database}"],
        cwd=release.folder,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    cells = [cell.strip() for cell in ran.stdout.splitlines()[-1].strip("|").split("|")]
    return Synced(share=float(cells[3]), cpu=float(cells[4]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare",
        description=(
            "Check an earlier release out into a folder of its own, and measure its pages and "
            "syncs and those of this tree by turns, so that a slow minute of the machine affects "
            "both. Each has a database of its own, filled alike."
        ),
        epilog="example:\n  python -m benchmarks.compare --database postgres://user:password@127.0.0.1/postgres",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--release", default=_RELEASE_0_3_0, metavar="COMMIT")
    parser.add_argument("--organizations", type=int, default=100_000, metavar="N")
    parser.add_argument("--synced", type=int, default=10_000, metavar="N")
    parser.add_argument("--database", default="", metavar="URL")
    return parser.parse_args()


if __name__ == "__main__":
    main()
