"""Recipients of a digest, and two organizations with a good card."""

import pytest

from tests.conftest import organization
from tests.helpers.commands import run
from tests.helpers.mail.digests import ORG, OTHER, PORTAL, customer


@pytest.fixture(autouse=True)
def addressed(settings, ana, ben):
    settings.PORTAL_URL = PORTAL
    settings.DIGEST_RECIPIENTS = ["ana@staff.example"]
    for user in (ana, ben):
        user.email = f"{user.get_username()}@staff.example"
        user.save()


@pytest.fixture
def known(signed_in_ana, sandbox):
    """Two organizations with valid cards; Ana may see both, Ben the second."""
    for org_id, name, payment in (
        (ORG, "Digest Org", ["ana"]),
        (OTHER, "Other <Org>", ["ana", "ben"]),
    ):
        sandbox.put_org(org_id, name=name, payment=payment)
        sandbox.put_customer(org_id, customer())
        organization(org_id, name)
    assert run("sync_customers").code == 0
