"""One running sandbox for all tests, reset before each."""

from collections.abc import Iterator

import pytest

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess


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
