"""A copy of the portal without a `.env`."""

import pytest

from tests.helpers.portals.checkout import Checkout


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    return Checkout(tmp_path_factory.mktemp("checkout"))
