"""Two organizations to sync."""

import pytest

from tests.conftest import organization


@pytest.fixture
def two(sandbox, db):
    """Two organizations that Ana may see."""
    for org_id in ("a", "b"):
        sandbox.put_customer(org_id, {"object": "customer", "id": f"cus_{org_id}"})
        organization(org_id)
