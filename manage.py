#!/usr/bin/env python
"""Run the portal's commands: `python manage.py help`."""

import os
import sys

from billing_portal.utf8 import speak_utf8


def main() -> None:
    speak_utf8()
    try:
        run()
    except BrokenPipeError:
        # Whoever read the output, `head` for one, has had enough of it.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.dup2(nowhere, sys.stderr.fileno())
        sys.exit(1)


def run() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "billing_portal.settings")
    try:
        from django.conf import settings
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from django.db import OperationalError, ProgrammingError

        from customers.management.recorded_runs import recorded
    except ImportError:
        sys.exit(
            "Django is not installed for this Python. Run `make run`, or:\n"
            "  python3 -m venv .venv && .venv/bin/pip install -r requirements.lock\n"
            "  .venv/bin/python manage.py help"
        )
    try:
        if sys.argv[1:] == ["--version"]:
            sys.stdout.write(f"Billing portal {settings.VERSION}\n")
            return
        with recorded(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except ImproperlyConfigured as exc:
        sys.exit(f"The settings cannot be used: {exc}")
    except (OperationalError, ProgrammingError) as exc:
        sys.exit(f"The database refused: {exc}\nIf it is new, run: python manage.py migrate")
    finally:
        sys.stdout.flush()  # here, where it is noticed that nobody reads it any more


if __name__ == "__main__":
    main()
