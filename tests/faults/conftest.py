"""What the tests of faults share. Each database fails in its own way, so some files are for one."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from tests.helpers.portals.databases import pooler_options
from tests.helpers.sandbox_process import PROJECT, SandboxProcess
from tests.helpers.shown import Desk

_IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
collect_ignore = (
    ["test_lost_connection.py"] if _IS_SQLITE else ["test_locked.py", "test_full_disk.py"]
)


@pytest.fixture
def desk(as_ana: Client, sandbox: SandboxProcess) -> Desk:
    """Ana's browser, in which one organization was shown and another was not yet."""
    return Desk(as_ana, sandbox)


class Runner:
    """A process of its own that runs commands on the database of this test."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self, write: int, *command: str) -> None:
        """Begin a command that dies in front of that write; it never does for -1."""
        self._process.stdin.write(f"{write} {' '.join(command)}\n")
        self._process.stdin.flush()

    def end(self) -> str:
        """Wait for it: killed or ended."""
        said: str = self._process.stdout.readline().strip()
        assert said in {"killed", "ended"}
        return said

    def dies_at(self, write: int, *command: str) -> bool:
        """Whether the command came so far that it was killed there."""
        self.begin(write, *command)
        return self.end() == "killed"


@pytest.fixture
def environment(sandbox: SandboxProcess) -> dict[str, str]:
    """What a process of the portal gets; a test may add to it before it asks for a runner."""
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "billing_portal.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "CREDENTIAL_KEYS": ",".join(settings.CREDENTIAL_KEYS),
        "CATALYZE_BASE_URL": sandbox.url,
        "CATALYZE_MAX_RPS": "0",
        "DATABASE_URL": database_url(),
    }


def database_url() -> str:
    """The address of this test's own database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    sign_in = f"{database['USER']}:{database['PASSWORD']}"
    address = f"{database['HOST']}:{database['PORT']}/{database['NAME']}"
    return f"postgres://{sign_in}@{address}{pooler_options()}"


@contextmanager
def _running(environment: dict[str, str]) -> Iterator[Runner]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.dying"],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Runner(process)
        process.stdin.close()


@pytest.fixture
def runner(environment: dict[str, str]) -> Iterator[Runner]:
    with _running(environment) as runner:
        yield runner


@pytest.fixture
def two_runners(environment: dict[str, str]) -> Iterator[tuple[Runner, Runner]]:
    with _running(environment) as first, _running(environment) as second:
        yield first, second
