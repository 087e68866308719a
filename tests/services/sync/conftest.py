"""Six organizations that Ana may see."""

import pytest

from tests.helpers.rows import make_organization, stripe_customer

ORG_IDS = [f"org-{number}" for number in range(6)]


@pytest.fixture
def six(sandbox):
    """A sandbox with six organizations with cards, known to the portal, for Ana and Ben."""
    for org_id in ORG_IDS:
        sandbox.put_org(org_id, payment=["ana", "ben"])
        sandbox.put_customer(org_id, stripe_customer(id=f"cus_{org_id}"))
        make_organization(org_id)
    return sandbox
