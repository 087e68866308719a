"""Staff who may see customers, a token of Ana's, and a clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.utils import timezone

from tests.conftest import make_staff
from tests.helpers.accounts.api_tokens import give_token


@pytest.fixture
def ana(db) -> User:
    return make_staff("ana")


@pytest.fixture
def ben(db) -> User:
    return make_staff("ben")


@pytest.fixture
def token(ana) -> str:
    return give_token(ana)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It stands still, half a minute past the next hour."""
    hour = timezone.now().replace(minute=0, second=30, microsecond=0) + timedelta(hours=1)
    with time_machine.travel(hour, tick=False) as traveller:
        yield traveller
