"""A separate portal for each test that runs `manage.py`."""

import shutil
from pathlib import Path

import pytest

from tests.helpers.commands import Portal
from tests.helpers.sandbox_process import SandboxProcess


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, sandbox_process: SandboxProcess) -> Path:
    """A migrated database with the user ana, to be copied."""
    database = tmp_path_factory.mktemp("migrated") / "portal.sqlite3"
    portal = Portal(database, sandbox_process)
    migrated = portal.run("migrate", "--verbosity=0")
    assert migrated.code == 0, migrated.err
    portal.make_user("ana")
    return database


@pytest.fixture
def portal(migrated: Path, sandbox: SandboxProcess, tmp_path: Path) -> Portal:
    """A portal with a copy of that database, and the sandbox as its upstream."""
    copied = tmp_path / "portal.sqlite3"
    shutil.copy(migrated, copied)
    return Portal(copied, sandbox)
