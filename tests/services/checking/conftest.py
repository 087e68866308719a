"""A sandbox that has the organization of these tests."""

import pytest

from customers.services.checking.check import check
from tests.helpers.checking import ORG
from tests.helpers.rows import make_organization, stripe_customer


@pytest.fixture
def upstream(sandbox):
    """A sandbox that has the organization, with a card, for Ana and Ben."""
    sandbox.put_org(ORG, name="Northwind Clinics", payment=["ana", "ben"])
    sandbox.put_customer(ORG, stripe_customer())
    return sandbox


@pytest.fixture
def checked(upstream, signed_in_ana):
    """The organization after a first good check by Ana."""
    organization = make_organization(ORG)
    check(signed_in_ana, ORG)
    return organization
