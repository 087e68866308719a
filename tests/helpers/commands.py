"""Run commands in this process, or as `manage.py` with a separate environment."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command

from tests.helpers.sandbox_process import PROJECT, SandboxProcess

PATIENCE = 120


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        return self.out.splitlines()[-1]

    @property
    def object(self) -> Any:
        """The JSON object in the last line of stdout."""
        return json.loads(self.last_line)

    @property
    def objects(self) -> list[Any]:
        """The JSON objects in stdout, one per line."""
        return [json.loads(line) for line in self.out.splitlines()]


def run(*arguments: str) -> Ran:
    """Run in this process; errors for the caller are in `err`."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as exc:
        code = exc.returncode
        err.write(f"{exc}\n")
    return Ran(code, out.getvalue(), err.getvalue())


class Portal:
    """`manage.py` with a database file and settings of its own."""

    def __init__(self, database: Path, sandbox: SandboxProcess) -> None:
        self.database = database
        self.sandbox = sandbox
        self.environment = {
            "PATH": os.environ["PATH"],
            "SECRET_KEY": "a secret key that only these tests use, long enough for the checks",
            "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
            "CATALYZE_BASE_URL": sandbox.url,
            "CATALYZE_MAX_RPS": "0",
            "CATALYZE_CONNECT_TIMEOUT": "2",
            "CATALYZE_READ_TIMEOUT": "5",
            "CATALYZE_DEADLINE": "10",
            "CATALYZE_PROXY": "",
            "CUSTOMER_MAX_AGE": "15m",
            "ACCESS_PROOF_TTL": "3d",
            "TIME_ZONE": "UTC",
            "DATABASE_URL": f"sqlite:///{database}",
            "DEBUG": "off",
        }

    def run(self, *arguments: str, stdin: bytes = b"", **more: str) -> Ran:
        """Runs without a terminal; `more` is added to the environment."""
        ended = subprocess.run(
            self._command(arguments),
            cwd=PROJECT,
            env=self.environment | more,
            input=stdin,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            self._command(arguments),
            cwd=PROJECT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # so that its processes can be found
        )

    def make_user(self, name: str) -> None:
        """A superuser, who still sees only what their credentials prove."""
        made = self.run(
            "createsuperuser",
            "--noinput",
            f"--username={name}",
            f"--email={name}@staff.example",
            DJANGO_SUPERUSER_PASSWORD="a password of the tests",
        )
        assert made.code == 0, made.err

    def import_all(self) -> Ran:
        """Import the sandbox's organizations through stdin."""
        listed = self.sandbox.control("GET", "organizations.csv").content
        return self.run("import_organizations", "-", stdin=listed)

    def set_credentials(self, name: str) -> Ran:
        return self.run(
            "set_credentials",
            name,
            CATALYZE_API_KEY=self.sandbox.api_key,
            CATALYZE_SESSION_TOKEN=self.sandbox.sign_in(name),
        )

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-W", "error", "manage.py", *arguments]
