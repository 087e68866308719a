"""A portal served as by `make run`, with its own sandbox and database."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from cryptography.fernet import Fernet
from django.core.management import call_command

from tests.helpers.sandbox_process import PROJECT, SandboxProcess

PATIENCE = 30  # seconds


class Served:
    def __init__(self, folder: Path, database: str, sandbox: SandboxProcess, max_rps: float):
        self.folder = folder
        self.sandbox = sandbox
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "gunicorn.log"
        self.environment = os.environ | {
            "SECRET_KEY": Fernet.generate_key().decode() * 2,
            "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
            "CATALYZE_BASE_URL": sandbox.url,
            "CATALYZE_MAX_RPS": str(max_rps),
            "DATABASE_URL": database or f"sqlite:///{folder / 'portal.sqlite3'}",
            "DEBUG": "off",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "off",
            "SESSION_COOKIE_SECURE": "off",
            "CSRF_COOKIE_SECURE": "off",
            "DJANGO_SETTINGS_MODULE": "billing_portal.settings",
        }

    def prepare(self) -> None:
        os.environ.update(self.environment)
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)

    @contextmanager
    def serving(self) -> Iterator[None]:
        from demo.__main__ import gunicorn_arguments

        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", *gunicorn_arguments(self.port)],
                cwd=PROJECT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
            try:
                _wait_for(self.port, process)
                yield
            finally:
                process.terminate()
                process.wait(2 * PATIENCE)  # it lets requests go on for 30 seconds


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("gunicorn does not listen; its log says why.")
