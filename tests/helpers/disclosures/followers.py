"""A process that follows one of the logs, and whose lines a test reads one by one."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Timer
from typing import Any, NamedTuple

from tests.helpers.sandbox_process import PROJECT

DISCLOSURES, EVENTS = "export_disclosures", "export_security_events"
_PATIENCE = 60


class Ended(NamedTuple):
    code: int
    numbers: list[int]  # of the lines that nobody had read
    err: str


class Follower:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def numbers(self, count: int) -> list[int]:
        """Of the next lines; waits for them."""
        return [number_of(json.loads(self.process.stdout.readline())) for _ in range(count)]

    def says(self) -> str:
        """The next line of stderr; waits for it."""
        return str(self.process.stderr.readline())

    def end(self, signal: int) -> Ended:
        self.process.send_signal(signal)
        return self.wait()

    def wait(self) -> Ended:
        out, err = self.process.communicate()
        rest = [number_of(json.loads(line)) for line in out.splitlines(keepends=True)]
        return Ended(self.process.returncode, rest, err)


@contextmanager
def following(environment: dict[str, str], command: str, *arguments: object) -> Iterator[Follower]:
    """Killed if a test waits in vain."""
    own = {name: value for name, value in environment.items() if name != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(
        [sys.executable, "manage.py", command, "--follow", "--every=1s", *map(str, arguments)],
        cwd=PROJECT,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        watchdog = Timer(_PATIENCE, process.kill)
        watchdog.start()
        try:
            yield Follower(process)
        finally:
            watchdog.cancel()
            process.kill()


def number_of(line: dict[str, Any]) -> int:
    return int(line["number"] if "number" in line else line["id"])
