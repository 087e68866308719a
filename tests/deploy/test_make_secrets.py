"""make_secrets.sh fills a folder with secrets that the portal takes, for their owner alone."""

import subprocess

import pytest
from cryptography.fernet import Fernet

from tests.helpers.sandbox_process import PROJECT


@pytest.fixture
def make(tmp_path):
    def run(*more):
        folder = tmp_path / "secrets"
        script = str(PROJECT / "deploy/make_secrets.sh")
        ran = subprocess.run(["sh", script, str(folder), *more], capture_output=True, check=True)
        assert ran.stdout + ran.stderr == b""
        return {file.name: file.read_text() for file in folder.iterdir()}

    return run


def test_they_are_of_the_length_and_form_that_the_settings_want(make, tmp_path):
    made = make("database")

    assert all(text.endswith("\n") and text.count("\n") == 1 for text in made.values())
    assert len(made["secret_key"]) > 50
    Fernet(made["credential_keys"].strip())
    password = made["database_password"].strip()
    assert made["database_url"] == f"postgres://portal:{password}@database:5432/portal\n"
    assert {len(made[name]) > 32 for name in ("metrics_token", "database_password")} == {True}


def test_only_their_owner_reads_them(make, tmp_path):
    make()

    folder = tmp_path / "secrets"
    modes = {path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert (folder.stat().st_mode & 0o777, modes) == (0o700, {0o600})


def test_a_second_run_keeps_what_is_there(make, tmp_path):
    before = make()
    (tmp_path / "secrets" / "metrics_token").unlink()

    after = make()

    assert after.pop("metrics_token") != before.pop("metrics_token")
    assert after == before
