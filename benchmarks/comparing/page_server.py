"""Ask for pages of the release whose folder this runs in, one for each line of standard input.

It answers every address with the milliseconds that the page took. An earlier release runs it too,
so it relies on nothing but the name of what fills the database.
"""

import sys
import time
from contextlib import suppress
from importlib import import_module
from types import ModuleType

import django


def main(organizations: int) -> None:
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client()
    client.force_login(_filling().fill(organizations, "ana"))
    print("ready", flush=True)
    for line in sys.stdin:
        started = time.perf_counter()
        status = client.get(line.strip()).status_code
        taken = time.perf_counter() - started
        if status != 200:
            sys.exit(f"{line.strip()} answered {status}.")
        print(taken * 1000, flush=True)


def _filling() -> ModuleType:
    with suppress(ModuleNotFoundError):
        return import_module("benchmarks.machinery.filling")
    return import_module("benchmarks.filling")  # release 0.3.0


if __name__ == "__main__":
    main(int(sys.argv[1]))
