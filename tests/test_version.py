"""The version stands in pyproject.toml alone, and is shown where a reader looks for it."""

import subprocess
import sys
import tomllib

from tests.helpers.sandbox_process import PROJECT

VERSION = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]


def test_a_signed_in_page_shows_the_version(as_ana):
    assert f"Version {VERSION}" in as_ana.get("/").text


def test_nobody_learns_the_version_before_signing_in(client, db):
    assert VERSION not in client.get("/admin/login/").text


def test_the_command_line_shows_the_version():
    ran = subprocess.run(
        [sys.executable, "manage.py", "--version"],
        cwd=PROJECT,
        env={
            "SECRET_KEY": "x" * 50,
            "CREDENTIAL_KEYS": "Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI=",
            "CATALYZE_BASE_URL": "http://127.0.0.1:9",
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout == f"Billing portal {VERSION}\n"


def test_the_changelog_begins_with_the_version():
    first = next(
        line for line in (PROJECT / "CHANGELOG.md").read_text().splitlines() if line[:3] == "## "
    )

    assert first.removeprefix("## ").split(",")[0] == VERSION
