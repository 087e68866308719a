"""Programs that read what deploy/ holds, got by tests/deploy/get_programs.sh."""

import os
import shutil

import pytest

from tests.helpers.sandbox_process import PROJECT

_PLACES = (os.environ["PATH"], "/usr/sbin", str(PROJECT / ".venv/bin"))


def program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join(_PLACES))
    if not found and not os.environ.get("REQUIRE_PROGRAMS"):
        pytest.skip(f"{name} is not on this machine")
    assert found, f"{name} is not on this machine"
    return found
