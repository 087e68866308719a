"""The first `.env`: new keys, private, and never overwritten."""

import os
import stat

import pytest

from demo.first_env import write_first_env
from tests.helpers.portals.checkout import Checkout


@pytest.fixture
def open_umask():
    """A umask under which new files are readable by all."""
    before = os.umask(0)
    yield
    os.umask(before)


def values_of(path):
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


@pytest.mark.parametrize("content", ["", "SECRET_KEY=mine\n"])
def test_a_file_that_is_there_is_never_touched(tmp_path, content):
    path = tmp_path / ".env"
    path.write_text(content)
    path.chmod(0o644)

    assert write_first_env(path) is False

    assert path.read_text() == content
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_link_to_nowhere_is_not_followed(tmp_path):
    path = tmp_path / ".env"
    path.symlink_to(tmp_path / "elsewhere")

    assert write_first_env(path) is False

    assert not (tmp_path / "elsewhere").exists()


def test_it_is_for_its_owner_alone(tmp_path, open_umask):
    path = tmp_path / ".env"

    assert write_first_env(path) is True

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_every_file_has_secrets_of_its_own(tmp_path):
    files = [tmp_path / "first", tmp_path / "second"]
    for file in files:
        write_first_env(file)

    first, second = map(values_of, files)

    assert first["SECRET_KEY"] != second["SECRET_KEY"]
    assert first["CREDENTIAL_KEYS"] != second["CREDENTIAL_KEYS"]
    assert len(first["SECRET_KEY"]) >= 50


def test_the_settings_accept_it(tmp_path):
    checkout = Checkout(tmp_path)
    write_first_env(tmp_path / ".env")

    ended = checkout.check({})

    assert (ended.code, ended.err) == (0, "")
    assert checkout.settings({})["CATALYZE_BASE_URL"] == "http://127.0.0.1:8900"
