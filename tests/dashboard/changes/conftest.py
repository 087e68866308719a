"""Ana at her desk, with three organizations that changed."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from customers.models import Customer
from tests.conftest import browser_of
from tests.helpers.changes.feeds import changed
from tests.helpers.rows import give_credentials, show


@pytest.fixture
def desk(ana: User) -> Client:
    give_credentials(ana)
    return browser_of(ana)


@pytest.fixture
def clinics(ana: User, desk: Client) -> dict[str, Customer]:
    """One that became delinquent a minute ago, one that paid an hour ago, one renewed yesterday."""
    one = show(ana, "one", "Clinic One", delinquent=True)
    two = show(ana, "two", "Clinic Two", balance=1250)
    three = show(ana, "three", "Clinic Three", exp_month=5, exp_year=2031)
    changed(one, 1, delinquent=[False, True])
    changed(two, 60, delinquent=[True, False], balance=[0, 1250])
    changed(three, 25 * 60, exp_year=[2027, 2031])
    return {"one": one, "two": two, "three": three}
