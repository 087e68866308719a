"""A program of Ana's, who sees one organization."""

import pytest
from django.contrib.auth.models import User

from customers.models import Customer
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.programs.program import Program
from tests.helpers.rows import ago, give_credentials, show


@pytest.fixture
def customer(ana: User) -> Customer:
    give_credentials(ana)
    return show(ana, "org-1", first_checked_at=ago(60 * 24 * 30), checked_with=ana)


@pytest.fixture
def program(ana: User, customer: Customer) -> Program:
    """With all scopes."""
    return Program(give_token(ana))


@pytest.fixture
def reader(ana: User, customer: Customer) -> Program:
    """With the scope read alone."""
    return Program(give_token(ana, "read", name="a reader"))
