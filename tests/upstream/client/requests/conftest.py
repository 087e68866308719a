"""A recording server, and a client of it."""

import pytest

from customers.upstream.client import CatalyzeClient
from tests.helpers.upstream.recorder import LIMITS, recording


@pytest.fixture
def recorder():
    with recording() as recorder:
        yield recorder


@pytest.fixture
def client(recorder):
    client = CatalyzeClient(recorder.url, LIMITS)
    yield client
    client.close()
