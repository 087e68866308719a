"""Run commands in child processes that kill themselves before a given write to the database.

Each line of input is a number and a command, killed with SIGKILL before that write (counted from
0), so that no `finally` or rollback runs. Prints `killed`, `failed`, or `ended` if there were fewer
writes or the command failed by itself.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from typing import Any, NoReturn

import django
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.backends.signals import connection_created

WRITES = ("INSERT", "UPDATE", "DELETE")


class Dying:
    def __init__(self, at: int) -> None:
        self._left = at

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES):
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1
        return execute(sql, *rest)


def main() -> None:
    django.setup()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            dies_at, *command = line.split()
            _end_after(int(dies_at), command)
        _, status = os.waitpid(child, 0)
        said = "killed" if os.WIFSIGNALED(status) else "failed" if status else "ended"
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


def _end_after(dies_at: int, command: list[str]) -> NoReturn:
    """Must not return into the parent's code."""
    try:
        _run(dies_at, command)
    except Exception:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _run(dies_at: int, command: list[str]) -> None:
    dying = Dying(dies_at)
    connections.close_all()
    connection_created.connect(
        lambda connection, **_: connection.execute_wrappers.append(dying), weak=False
    )
    with suppress(CommandError):
        call_command(*command, stdout=StringIO(), stderr=StringIO())


if __name__ == "__main__":
    main()
