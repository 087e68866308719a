"""Measure the server time of pages with ten thousand, a hundred thousand and a million rows."""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import django

from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import PROJECT, environment, fresh_database

_WARMING, _TIMES = 5, 40
_USER = "ana"
# The overview comes last, so that all figures are cached for the next round.
_COUNTED = ("list, first page", "overview")
_AGAIN = (sys.executable, "-m", "benchmarks.pages")
Times = dict[str, tuple[float, float]]  # median and 95th percentile, in milliseconds


def main() -> None:
    options = _options()
    if options.measure:
        print(json.dumps(_measured(options.measure, options.people)))
        return
    for database in options.database or [""]:
        print(f"Server time in ms, median / 95th percentile, on {machine(database)}.\n")
        sizes = {
            size: _in_its_own_process(database, size, options.people)
            for size in options.organizations
        }
        _print(sizes)


def _in_its_own_process(database: str, size: int, people: int) -> Times:
    """The settings allow one database per process."""
    with fresh_database(database) as url:
        served = {"ALLOWED_HOSTS": "testserver", "SECURE_SSL_REDIRECT": "off"}
        ran = subprocess.run(
            [*_AGAIN, f"--measure={size}", f"--people={people}"],
            cwd=PROJECT,
            env=environment(url) | served,
            stdout=subprocess.PIPE,
            check=True,
        )
    times: Times = json.loads(ran.stdout.splitlines()[-1])
    return times


def _print(sizes: dict[int, Times]) -> None:
    least, most = min(sizes), max(sizes)
    titles = ("page", *(f"{size:,}" for size in sizes), f"{most:,} / {least:,}")
    print(table(titles))
    for name in sizes[least]:
        cells = [f"{sizes[size][name][0]:.1f} / {sizes[size][name][1]:.1f}" for size in sizes]
        ratio = sizes[most][name][0] / sizes[least][name][0]
        print(row((name, *cells, f"{ratio:.2f}")))
    print(flush=True)


def _measured(organizations: int, people: int) -> Times:
    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client, override_settings

    from benchmarks.machinery.crowd import admit, bytes_per_proof
    from benchmarks.machinery.filling import fill

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = fill(organizations, _USER)
    if people > 1:
        admit(people)
    if connection.vendor == "postgresql":
        print(f"{people} people: {bytes_per_proof():.0f} bytes per proof.", file=sys.stderr)
    with override_settings(ROOT_URLCONF="benchmarks.bare"):
        client = Client()
        client.force_login(user)
        pages = {name: got(client, address) for name, address in _addresses(organizations)}
        counted = counted_again(user, pages, _COUNTED)
        # Apart, or the next page of its kind is one that has to count.
        return times_of(pages) | times_of(counted) | times_of(_others(user))


def got(client: Any, address: str) -> Callable[[], None]:
    def get() -> None:
        status = client.get(address).status_code
        if status != 200:
            sys.exit(f"{address} answered {status}.")

    return get


def times_of(
    calls: dict[str, Callable[[], None]], times: int = _TIMES, warming: int = _WARMING
) -> Times:
    """Calls take turns, so that a slow minute of the machine affects all of them."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(warming + times):
        for name, call in calls.items():
            started = time.perf_counter()
            call()
            if turn >= warming:
                taken[name].append((time.perf_counter() - started) * 1000)
    return {
        name: (statistics.median(each), statistics.quantiles(each, n=20)[-1])
        for name, each in taken.items()
    }


def _addresses(organizations: int) -> Iterator[tuple[str, str]]:
    from benchmarks.machinery.filling import COMMON_WORD
    from customers.models import Customer
    from customers.services.lists.keyset_paging import Order, cursor
    from customers.services.lists.worklists import WORKLISTS

    by_name = Customer.objects.order_by("folded_name", "pk")
    far = by_name.select_related("organization")[organizations * 9 // 10]
    after = cursor(far, Order("folded_name", is_descending=False))
    rare = far.folded_name.split()[0]
    yield "bare signed-in view", "/bare/"
    for state, words in ((Customer.State.CARD, "a card"), (Customer.State.NONE, "nothing")):
        one = Customer.objects.select_related("organization").filter(state=state).last()
        if one:
            yield f"organization with {words} on file", one.organization.get_absolute_url()
    yield "overview", "/"
    yield "list, first page", "/orgs/"
    yield "list, after nine tenths", f"/orgs/?after={after}"
    for worklist in WORKLISTS:
        yield f"worklist {worklist.key}", f"/orgs/?worklist={worklist.key}"
    for filters in ("brand=Visa", "brand=JCB&currency=jpy", "mode=test"):
        yield f"filter {filters}", f"/orgs/?{filters}"
    for sort in ("-checked", "-changed", "expiry", "-balance"):
        yield f"sort {sort}", f"/orgs/?sort={sort}"
    yield "search, a common word", f"/orgs/?q={COMMON_WORD}"
    yield "search, a rare word", f"/orgs/?q={rare}"
    yield "search, part of an e-mail", f"/orgs/?q=billing{far.pk}@"
    yield "search, last four digits", "/orgs/?q=4242"


def counted_again(
    user: Any, pages: dict[str, Callable[[], None]], names: Iterable[str]
) -> dict[str, Callable[[], None]]:
    """The pages at the start of a minute, when the counts are not cached yet."""
    from customers.services.access.kept_figures import forget_figures

    def again(page: Callable[[], None]) -> Callable[[], None]:
        def get() -> None:
            forget_figures(user.pk)
            page()

        return get

    return {f"{name}, counted again": again(pages[name]) for name in names}


def _others(user: Any) -> dict[str, Callable[[], None]]:
    from benchmarks.machinery.crowd import changed_answers
    from customers.services.lists.counts import count_worklists

    return {
        "count of all": lambda: _done(count_worklists(user, [""])),
        "count of the delinquent": lambda: _done(count_worklists(user, ["delinquent"])),
        "500 changed answers stored": changed_answers(user, _WARMING + _TIMES),
    }


def _done(_: object) -> None:
    pass


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.pages",
        description=(
            "Fill databases of its own, and measure how long the portal takes to answer, within "
            "one process: settings, middleware and templates as in production, DEBUG off."
        ),
        epilog=(
            "example:\n  python -m benchmarks.pages --organizations 10000 1000000 "
            "--database postgres://user:password@127.0.0.1/postgres"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--organizations", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], metavar="N"
    )
    parser.add_argument(
        "--database",
        action="append",
        metavar="URL",
        help="a server to make databases on; SQLite without it; may be given twice, also empty",
    )
    parser.add_argument(
        "--people", type=int, default=1, metavar="N", help="who see all of them (default: 1)"
    )
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
