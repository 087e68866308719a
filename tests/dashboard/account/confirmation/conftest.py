"""A browser whose sign-in is too old to go without the password."""

import pytest

from tests.conftest import browser_of
from tests.helpers.accounts.codes import let_pass


@pytest.fixture
def old(ana):
    """A browser in which Ana signed in eleven minutes ago."""
    client = browser_of(ana)
    client.get("/credentials/")
    let_pass(client, 11)
    return client
