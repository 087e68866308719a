"""A copy of the portal, started with settings of its own."""

import json
import os
import shutil
import subprocess
import sys
from typing import NamedTuple

from tests.helpers.sandbox_process import PROJECT

REQUIRED = {
    "SECRET_KEY": "a secret key that only these tests use, long enough for the checks",
    "CREDENTIAL_KEYS": "c29tZSBrZXkgb2YgdGhlc2UgdGVzdHMsIDMyIGJ5dGU=",
    "CATALYZE_BASE_URL": "https://api.example.com",
}
OF_THE_DESIGN = {
    "SECRET_KEY",
    "CREDENTIAL_KEYS",
    "DEBUG",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "CATALYZE_BASE_URL",
    "CATALYZE_CONNECT_TIMEOUT",
    "CATALYZE_READ_TIMEOUT",
    "CATALYZE_DEADLINE",
    "CATALYZE_MAX_RPS",
    "CATALYZE_PROXY",
    "CATALYZE_CA_BUNDLE",
    "CATALYZE_KEEP_ALIVE",
    "CUSTOMER_MAX_AGE",
    "ACCESS_PROOF_TTL",
    "EXPIRY_WARNING_DAYS",
    "SECURITY_EVENT_RETENTION",
    "MCP",
    "TIME_ZONE",
    "EMAIL_URL",
    "DIGEST_RECIPIENTS",
    "SECURE_SSL_REDIRECT",
    "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE",
}
RETENTIONS = (
    "CHANGE_RETENTION",
    "DISCLOSURE_RETENTION",
    "SYNC_RUN_RETENTION",
    "SECURITY_EVENT_RETENTION",
)
SHOW = (
    "import json; from billing_portal import settings;"
    "print(json.dumps({n: getattr(settings, n) for n in dir(settings) if n.isupper()},"
    " default=str))"
)


class Ended(NamedTuple):
    code: int
    out: str
    err: str


class Checkout:
    """A copy of the portal without a `.env`, run in an environment of nothing but what is given."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("billing_portal", "customers", "observability"):
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(PROJECT / name, folder / name, ignore=ignored)
        for name in ("manage.py", "pyproject.toml"):
            shutil.copy(PROJECT / name, folder)
        for name in ("static", "templates"):
            (folder / name).symlink_to(PROJECT / name)

    def check(self, environment):
        return self._run(["-W", "error", "manage.py", "check"], environment)

    def settings(self, environment):
        ended = self._run(["-W", "error", "-c", SHOW], environment)
        assert ended.code == 0, ended.err
        return json.loads(ended.out)

    def _run(self, arguments, environment):
        return self.run_in(self.folder, arguments, environment)

    def run_in(self, cwd, arguments, environment):
        ended = subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"} | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return Ended(ended.returncode, ended.stdout, ended.stderr)


def assert_said_plainly(ended, name):
    assert ended.code == 1
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert ended.err.startswith("The settings cannot be used: ")
    assert len(ended.err.splitlines()) == 1
    assert name in ended.err
