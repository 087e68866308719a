"""A session at the sandbox, and an organization to ask about."""

import pytest

from customers.upstream.secrets import Secrets


@pytest.fixture
def secrets(sandbox):
    return Secrets(sandbox.api_key, sandbox.sign_in())


@pytest.fixture
def bingo(sandbox):
    return sandbox.org_id("Bingo")
