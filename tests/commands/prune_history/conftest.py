"""An organization with a long past."""

import pytest

from tests.helpers.rows import ago, make_change, make_customer, make_organization

DAY = 24 * 60  # minutes
KEPT, GONE = 1000 * DAY, 1100 * DAY


@pytest.fixture
def northwind(db):
    """Known for four years, with a change that is too old and one that is not."""
    organization = make_organization("northwind")
    make_customer(organization, first_checked_at=ago(1460 * DAY))
    make_change(organization, GONE, last4=["1111", "2222"])
    make_change(organization, KEPT, last4=["2222", "4242"])
    return organization
