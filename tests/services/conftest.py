"""Staff as the services know them: a user, without what only pages ask for."""

import pytest
from django.contrib.auth.models import User

from customers.models import Organization
from customers.services.credentials.store import Opened
from tests.helpers.rows import give_credentials, make_organization


@pytest.fixture
def ana(db) -> User:
    return User.objects.create(username="ana", is_staff=True)


@pytest.fixture
def ben(db) -> User:
    return User.objects.create(username="ben", is_staff=True)


@pytest.fixture
def anas(ana: User) -> Opened:
    """What Ana asks the upstream with."""
    return give_credentials(ana)


@pytest.fixture
def bens(ben: User) -> Opened:
    return give_credentials(ben, "another token of the tests")


@pytest.fixture
def northwind(db) -> Organization:
    return make_organization("northwind")
