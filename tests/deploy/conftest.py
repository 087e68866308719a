"""The programs that read what deploy/ holds, got by get_programs.sh."""

import subprocess
from collections.abc import Callable

import pytest

from tests.helpers.portals.programs import program

Program = Callable[..., "subprocess.CompletedProcess[str]"]


def _runs(name: str) -> Program:
    found = program(name)

    def run(*arguments: object) -> "subprocess.CompletedProcess[str]":
        command = [found, *(str(argument) for argument in arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    return run


@pytest.fixture(scope="session")
def promtool() -> Program:
    return _runs("promtool")


@pytest.fixture(scope="session")
def systemd_analyze() -> Program:
    return _runs("systemd-analyze")
