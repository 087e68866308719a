"""What manage.py puts around each command, so that scheduled ones are recorded."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import django
from django.core.exceptions import ImproperlyConfigured

from customers.services.operations.crontab import command_of, portal_crontab


@contextmanager
def recorded(words: Sequence[str]) -> Iterator[None]:
    """Record the start and the exit code, if the schedule has it; a killed run has no end."""
    command = command_of(words)
    if not _is_scheduled(command):
        yield
        return
    django.setup()
    # Only now, because it needs the models.
    from customers.services.operations.command_runs import record_begin, record_end

    run = record_begin(command)
    code = 1
    try:
        yield
        code = 0
    except SystemExit as exc:
        code = _number(exc.code)
        raise
    except KeyboardInterrupt:
        run = None  # stopped like a killed one
        raise
    finally:
        if run:
            record_end(run, code)


def _is_scheduled(command: str) -> bool:
    try:
        return any(entry.command == command for entry in portal_crontab().entries)
    except ImproperlyConfigured:
        return False  # the command itself says so


def _number(code: object) -> int:
    if code is None:
        return 0
    return code if isinstance(code, int) else 1
