"""Measure a desk after years: its pages, and commands with their memory."""

import argparse
import json

from benchmarks.machinery.machine import machine, row, table
from benchmarks.machinery.portal import Portal, Ran, fresh_database, last_object
from benchmarks.pages import Times
from benchmarks.years.commands_of_years import USER, Measured, measure_commands

_TIMES = 20


def main() -> None:
    options = _options()
    if options.fill:
        _fill(options.fill, options.people)
        return
    if options.times:
        from benchmarks.years.pages_of_years import pages_of_years

        print(json.dumps(pages_of_years(options.times)))
        return
    for database in options.database or [""]:
        for organizations in options.organizations:
            print(f"{organizations:,} organizations, {options.people} people, {machine(database)}.")
            _measure(database, organizations, options.people)


def _measure(database: str, organizations: int, people: int) -> None:
    with fresh_database(database) as url, fresh_database(database) as empty:
        portal = Portal(url, "https://benchmarks.invalid")
        filled = again(portal, f"--fill={organizations}", f"--people={people}")
        print(f"Filled in {filled.seconds:.0f} s.\n")
        _print_pages(last_object(again(portal, f"--times={_TIMES}").out))
        print(table(("command", "seconds", "CPU s", "rows", "rows/s", "peak MB")))
        for measured in measure_commands(portal, url, empty, organizations):
            _print_command(measured)
    print(flush=True)


def again(portal: Portal, *arguments: str) -> Ran:
    """This module in a process of its own, with the settings of the portal."""
    module = ("-m", "benchmarks.years", *arguments)
    return portal.run_python(*module, ALLOWED_HOSTS="testserver", SECURE_SSL_REDIRECT="off")


def _fill(organizations: int, people: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks.years.fill_years import fill_years

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill_years(organizations, people, USER)


def _print_pages(times: Times) -> None:
    print(table(("page", "median ms", "95th percentile")))
    for name, (median, slow) in times.items():
        print(row((name, f"{median:.1f}", f"{slow:.1f}")))
    print(flush=True)


def _print_command(measured: Measured) -> None:
    name, seconds, cpu, rows, peak = measured
    rate = f"{rows / seconds:,.0f}" if rows else ""
    used = (f"{cpu:.1f}", f"{rows:,}", rate, f"{peak:.0f}") if peak else ("", "", "", "")
    print(row((name, f"{seconds:.1f}", *used)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.years",
        description=(
            "Fill databases of its own with what a desk has after years: for each organization 20 "
            "changes in three years, 30 entries of the disclosure log in six, and a payload; notes "
            "on a third, cases of a third; everybody may see all. Then measure pages within one "
            "process, and commands with the memory that they take at most."
        ),
        epilog=(
            "example:\n  python -m benchmarks.years --organizations 10000 100000 "
            "--database postgres://user:password@127.0.0.1/postgres"
        ),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--organizations", type=int, nargs="+", default=[10_000, 100_000], metavar="N"
    )
    parser.add_argument("--people", type=int, default=50, metavar="N")
    parser.add_argument(
        "--database",
        action="append",
        metavar="URL",
        help="a server to make databases on; SQLite without it; may be given twice, also empty",
    )
    parser.add_argument("--fill", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
