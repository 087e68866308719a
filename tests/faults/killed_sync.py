"""A program that runs syncs to be killed: for each number that it reads, one that dies there.

It kills itself with SIGKILL in front of that write to the database, counted from 0, so that no
`finally` and no end of a transaction is reached. It says `killed`, `ended` if there were fewer, or
`failed`.
"""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from io import StringIO
from typing import Any, NoReturn

import django
from django.core.management import call_command
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
            _end_after(_sync, int(line))
        _, status = os.waitpid(child, 0)
        said = "killed" if os.WIFSIGNALED(status) else "failed" if status else "ended"
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


def _end_after(sync: Callable[[int], None], dies_at: int) -> NoReturn:
    """Run it in this child, which must not go on as its parent does."""
    try:
        sync(dies_at)
    except Exception:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def _sync(dies_at: int) -> None:
    dying = Dying(dies_at)
    connections.close_all()
    connection_created.connect(
        lambda connection, **_: connection.execute_wrappers.append(dying), weak=False
    )
    call_command("sync_customers", "--max-age=0s", "--concurrency=2", stdout=StringIO())


if __name__ == "__main__":
    main()
