"""What `make run` does in a checkout of its own: first, again, and with other settings."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.helpers.sandbox_process import PROJECT

PARTS = ("billing_portal", "customers", "observability", "demo", "sandbox", "locale")
LINKED = ("static", "templates")
FILES = ("manage.py", "pyproject.toml", "gunicorn.conf.py")
UP = "Stop it with Ctrl-C."
ORGANIZATION = re.compile(r"/orgs/([0-9a-f-]{36})/")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Demo:
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
    def running(self):
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

    def _start(self):
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
    def _said(process) -> str:
        lines = []
        for line in process.stdout:
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


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return Demo(tmp_path_factory.mktemp("demo"))


def test_it_serves_the_sandbox_and_goes_on_with_the_same_database(demo):
    with demo.running() as printed:
        assert "Wrote .env" in printed
        assert f"The portal is at http://127.0.0.1:{demo.port}/" in printed
        http, page = demo.sign_in(printed, "ana")
        first = set(ORGANIZATION.findall(page))
        org_id = min(first)
        shown = http.get(f"http://127.0.0.1:{demo.port}/orgs/{org_id}/", timeout=30)
        assert shown.status_code == 200
    assert not is_open(demo.port)
    assert not is_open(demo.sandbox_port)
    env = (demo.folder / ".env").read_bytes()

    with demo.running() as printed:
        assert "Wrote .env" not in printed
        _, page = demo.sign_in(printed, "ana")
        assert set(ORGANIZATION.findall(page)) & first
    assert (demo.folder / ".env").read_bytes() == env


@pytest.mark.parametrize(
    ("port", "remedy"), [("port", "try: make run PORT="), ("sandbox_port", "stop what listens")]
)
def test_a_port_that_is_taken_is_named_with_a_remedy(demo, port, remedy):
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", getattr(demo, port)))
        taken.listen()

        code, printed = demo.ended()

    assert code == 1
    assert f"Port {getattr(demo, port)} is already in use; {remedy}" in printed


def test_made_up_data_is_never_shown_as_a_real_upstreams(demo):
    env = demo.folder / ".env"
    settings = env.read_text()
    sandbox = f"http://127.0.0.1:{demo.sandbox_port}"
    env.write_text(settings.replace(sandbox, "https://api.example.com"))
    try:
        code, printed = demo.ended()
    finally:
        env.write_text(settings)

    assert code == 1
    assert "This database holds the sandbox's made-up data" in printed


def test_with_a_real_upstream_no_sandbox_runs_and_nobody_is_made(tmp_path):
    demo = Demo(tmp_path)
    other = f"http://127.0.0.1:{free_port()}"
    with demo.running():
        env = demo.folder / ".env"
    env.write_text(env.read_text().replace(f"http://127.0.0.1:{demo.sandbox_port}", other))
    (demo.folder / "portal.sqlite3").unlink()

    with demo.running() as printed:
        assert f"It asks {other}. The sandbox runs only for" in printed
        assert "createsuperuser" in printed
        assert not is_open(demo.sandbox_port)


def test_settings_that_cannot_be_used_are_said(demo):
    env = demo.folder / ".env"
    settings = env.read_text()
    env.write_text(settings + "\nCUSTOMER_MAX_AGE=soon\n")
    try:
        code, printed = demo.ended()
    finally:
        env.write_text(settings)

    assert code == 1
    assert "The settings cannot be used: " in printed
    assert "CUSTOMER_MAX_AGE" in printed
