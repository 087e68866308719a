"""A checkout of its own in which `python -m demo` runs."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.helpers.portals.ports import free_port
from tests.helpers.sandbox_process import PROJECT

PARTS = ("billing_portal", "customers", "observability", "demo", "sandbox", "locale")
LINKED = ("static", "templates")
FILES = ("manage.py", "pyproject.toml", "gunicorn.conf.py")
UP = "Stop it with Ctrl-C."
ORGANIZATION = re.compile(r"/orgs/([0-9a-f-]{36})/")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class DemoCheckout:
    """A checkout, and what `python -m demo` is told in it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.sandbox_port = folder, free_port(), free_port()
        for name in PARTS:
            shutil.copytree(
                PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for name in LINKED:
            (folder / name).symlink_to(PROJECT / name)
        for name in FILES:
            shutil.copy(PROJECT / name, folder)

    @contextmanager
    def running(self) -> Iterator[str]:
        """What it printed until it was up; it is ended by the signal that `kill` sends."""
        process = self._start()
        try:
            yield self._said(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)

    def ended(self) -> tuple[int, str]:
        process = self._start()
        printed, _ = process.communicate(timeout=60)
        return process.returncode, printed

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What its database holds."""
        file = f"file:{self.folder / 'portal.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as database:
            return database.execute(sql).fetchall()

    def _start(self) -> "subprocess.Popen[str]":
        ports = ("--port", str(self.port), "--sandbox-port", str(self.sandbox_port))
        return subprocess.Popen(
            [sys.executable, "-m", "demo", *ports],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    @staticmethod
    def _said(process: "subprocess.Popen[str]") -> str:
        lines = []
        for line in process.stdout or ():
            lines.append(line)
            if UP in line:
                return "".join(lines)
        raise AssertionError(f"It did not come up: {''.join(lines)}")

    def sign_in(self, printed: str, name: str) -> tuple[requests.Session, str]:
        """A signed-in browser's session, and the page that it lands on."""
        password = re.search(rf"as {name} with the password (\S+)", printed)
        assert password, printed
        http = requests.Session()
        http.trust_env = False
        at = f"http://127.0.0.1:{self.port}/"
        form = http.get(at, timeout=30)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.text)
        assert token
        fields = {"username": name, "password": password[1], "csrfmiddlewaretoken": token[1]}
        landed = http.post(form.url, fields, headers={"Referer": form.url}, timeout=30)
        return http, landed.text
