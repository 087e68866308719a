"""Run a check so that what goes wrong in it hides nothing that the others find."""

import time
from collections.abc import Callable
from threading import Thread

from django.db import DatabaseError, InterfaceError

from customers.services.diagnosis.finding import Finding, problem

Look = Callable[[], list[Finding]]


def looked(name: str, look: Look) -> list[Finding]:
    try:
        return look()
    except (DatabaseError, InterfaceError):
        remedy = "See what else is said about the database."
        return [problem(name, "Not known: the database refused a query.", remedy)]
    except OSError as exc:
        remedy = "See that the portal's user may read the portal's files."
        return [problem(name, f"Not known: {exc.strerror or type(exc).__name__}.", remedy)]


class AskedInThread:
    """For checks that ask a server: looking up its name has no time-out."""

    def __init__(self, name: str, look: Look) -> None:
        self._name, self._look = name, look
        self._found: list[Finding] | None = None
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def found_by(self, end: float) -> list[Finding]:
        """`end` is a time.monotonic() value."""
        self._thread.join(max(end - time.monotonic(), 0))
        if self._found is None:
            remedy = "Look at the network, and at the name servers of this machine."
            return [problem(self._name, "The server did not answer in time.", remedy)]
        return self._found

    def _run(self) -> None:
        self._found = looked(self._name, self._look)
