"""A client of the sandbox, with a session and an organization to ask about."""

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.transport import Limits

IMPATIENT = Limits(connect=1, read=0.3, deadline=0.6, retries=0)


@pytest.fixture
def client(sandbox):
    client = CatalyzeClient(sandbox.url, IMPATIENT)
    yield client
    client.close()
