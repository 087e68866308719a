"""A portal for benchmarks: an empty database, the sandbox, one user's credentials."""

import csv
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

import psycopg
from cryptography.fernet import Fernet

PROJECT = Path(__file__).resolve().parents[2]
USER = "ana"
_numbers = itertools.count()
_END = 65_536  # bytes
_LISTENING = re.compile(r"listening on (http://\S+)")


class Ran(NamedTuple):
    out: str  # the end of it
    lines: int
    seconds: float
    cpu: float  # user and system seconds of all threads
    peak: float  # resident MB of all processes


def environment(database_url: str, upstream: str = "https://benchmarks.invalid") -> dict[str, str]:
    return os.environ | {
        "SECRET_KEY": "a secret key that only the benchmarks use, long enough for the checks",
        "CREDENTIAL_KEYS": Fernet.generate_key().decode(),
        "CATALYZE_BASE_URL": upstream,
        "DATABASE_URL": database_url,
        "DEBUG": "off",
        "DJANGO_SETTINGS_MODULE": "billing_portal.settings",
    }


class Portal:
    def __init__(self, database_url: str, upstream: str) -> None:
        self._upstream = upstream
        self._environment = environment(database_url, upstream) | {
            "CATALYZE_MAX_RPS": "0",
            "CATALYZE_CONNECT_TIMEOUT": "10",
            "CATALYZE_READ_TIMEOUT": "30",
            "CATALYZE_DEADLINE": "60",
            "CATALYZE_PROXY": "",
        }

    def prepare(self) -> None:
        """Create tables, a user with credentials, and all organizations of the sandbox."""
        self.run("migrate", "--verbosity=0")
        self.run(
            "createsuperuser",
            "--noinput",
            f"--username={USER}",
            "--email=",
            DJANGO_SUPERUSER_PASSWORD="x",
        )
        self.run("set_credentials", USER, stdin=b"", **credentials(self._upstream))
        listed = _call(f"{self._upstream}/sandbox/organizations.csv")
        self.run("import_organizations", "-", stdin=listed)

    def run(self, *arguments: str, stdin: bytes = b"", **more: str) -> Ran:
        return self.run_python("manage.py", *arguments, stdin=stdin, **more)

    def run_python(self, *arguments: str, stdin: bytes = b"", **more: str) -> Ran:
        started = time.perf_counter()
        with tempfile.TemporaryFile() as stdin_file, tempfile.TemporaryFile() as stdout_file:
            stdin_file.write(stdin)
            stdin_file.seek(0)
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=PROJECT,
                env=self._environment | more,
                stdin=stdin_file,
                stdout=stdout_file,
            )
            with _memory_of(process.pid) as memory:
                _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = time.perf_counter() - started
            stdout_file.seek(0)
            lines = sum(1 for _ in stdout_file)
            stdout_file.seek(max(0, stdout_file.tell() - _END))
            out = stdout_file.read().decode(errors="replace")
        if process.returncode:
            sys.exit(f"{' '.join(arguments[:2])} ended with {process.returncode}.")
        peak = max(used.ru_maxrss / 1024, *memory)
        return Ran(out, lines, seconds, used.ru_utime + used.ru_stime, peak)


@contextmanager
def _memory_of(pid: int) -> Iterator[list[float]]:
    seen, over = [0.0], threading.Event()

    def look() -> None:
        while not over.wait(0.25):
            with suppress(OSError):
                children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
                seen.append(sum(_proportional_memory(one) for one in (str(pid), *children)))

    watching = threading.Thread(target=look)
    watching.start()
    try:
        yield seen
    finally:
        over.set()
        watching.join()


def _proportional_memory(pid: str) -> float:
    found = re.search(r"^Pss: +(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.M)
    return int(found[1]) / 1024 if found else 0.0


def credentials(upstream: str) -> dict[str, str]:
    known = json.loads(_call(f"{upstream}/sandbox/users"))
    password = next(u["password"] for u in known["users"] if u["username"] == USER)
    signed_in = json.loads(
        _call(
            f"{upstream}/v2/auth/signin",
            json.dumps({"username": USER, "password": password}).encode(),
            {"X-Api-Key": known["apiKey"]},
        )
    )
    return {
        "CATALYZE_API_KEY": known["apiKey"],
        "CATALYZE_SESSION_TOKEN": signed_in["sessionToken"],
    }


@contextmanager
def sandbox(organizations: int, latency: str) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "--port=0", f"--latency={latency}"]
        + ["--odd", f"--organizations={organizations}"],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        found = _LISTENING.search(process.stdout.readline() if process.stdout else "")
        if found is None:
            sys.exit("The sandbox did not start.")
        yield found[1]
    finally:
        process.terminate()
        process.wait()


@contextmanager
def fresh_database(url: str) -> Iterator[str]:
    if not url.startswith("postgres"):
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/benchmark.sqlite3"
        return
    name = f"benchmark_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def org_ids(upstream: str) -> list[str]:
    listed = _call(f"{upstream}/sandbox/organizations.csv").decode().splitlines()
    return [row["org_id"] for row in csv.DictReader(listed)]


def _call(url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
    request = urllib.request.Request(url, body, headers or {})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=600) as answer:
        read: bytes = answer.read()
    return read


def last_object(text: str) -> Any:
    return json.loads(text.splitlines()[-1])
