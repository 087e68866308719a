"""One running sandbox for all its tests, back at its start before each of them; and a large one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

TODAY = date(2015, 3, 31)


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[SandboxProcess]:
    with SandboxProcess() as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running_sandbox: SandboxProcess) -> SandboxProcess:
    running_sandbox.reset()
    return running_sandbox


@pytest.fixture
def ana(sandbox: SandboxProcess) -> Caller:
    return Caller(sandbox, "ana")


@pytest.fixture(scope="module")
def world() -> Any:
    with SandboxProcess("--today", TODAY.isoformat(), "--organizations", "400") as sandbox:
        yield sandbox


@pytest.fixture
def bingo(sandbox: SandboxProcess) -> str:
    return sandbox.org_id("Bingo")
