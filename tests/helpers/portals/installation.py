"""A copy of the portal as operators install it, served by gunicorn."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from tests.helpers.sandbox_process import PROJECT

PATIENCE = 60
TOKEN = "a-token-of-the-tests-only"
_PARTS = ("billing_portal", "customers", "locale", "observability", "static", "templates")
_LISTENS = re.compile(r"Listening at: (http://\S+)")


class Installation:
    """Has no static files until `collect`."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment | {
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "info",
            "METRICS_TOKEN": TOKEN,
            "SECURE_SSL_REDIRECT": "off",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        for name in _PARTS:
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
        for name in ("manage.py", "gunicorn.conf.py", "pyproject.toml"):
            shutil.copy(PROJECT / name, folder)

    def manage(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def collect(self) -> None:
        assert self.manage("collectstatic", "--noinput").returncode == 0

    @contextmanager
    def served(self, log: Path, **more: str) -> Iterator["Served"]:
        """Runs two workers until the end of the block; their output is in `log`."""
        with log.open("w") as written:
            process = subprocess.Popen(
                [
                    *(Path(sys.executable).with_name("gunicorn"), "billing_portal.wsgi"),
                    *("--no-control-socket", "--bind=127.0.0.1:0", "--workers=2", "--threads=1"),
                ],
                cwd=self.folder,
                env=self.environment | {"TMPDIR": str(log.parent)} | more,
                stderr=written,
            )
        served = Served(process, log)
        try:
            yield served
        finally:
            served.stop()


class Served:
    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process, self.log = process, log
        wait_for(lambda: self.text.count("Booting worker") >= 2)
        found = _LISTENS.search(self.text)
        assert found
        self.address = found[1]

    @property
    def text(self) -> str:
        return self.log.read_text()

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(
            f"{self.address}{path}",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            timeout=PATIENCE,
            allow_redirects=False,
        )

    def counted(self, view: str) -> float:
        """Requests of a view, over all workers."""
        answer = self.get("/metrics", Authorization=f"Bearer {TOKEN}")
        assert answer.status_code == 200
        lines = re.findall(rf'request_seconds_count\{{.*view="{view}"\}} (\S+)', answer.text)
        return sum(map(float, lines))

    def workers(self) -> list[int]:
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(number) for number in listed.split()]

    def renew_workers(self) -> None:
        before = self.workers()
        for number in before:
            os.kill(number, signal.SIGTERM)
        wait_for(lambda: len(self.workers()) == 2 and not set(self.workers()) & set(before))

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=PATIENCE)


def wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "it did not come to it"
        time.sleep(0.05)
