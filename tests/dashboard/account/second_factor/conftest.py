"""An authenticator of Ana."""

import pytest

from tests.helpers.accounts.codes import set_up


@pytest.fixture
def authenticator(ana):
    """Ana's authenticator, set up and confirmed."""
    return set_up(ana)
