"""A token works while its owner has signed in at the provider recently."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import OidcIdentity
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.tokens.authenticate import TokenRefused, authenticate
from tests.conftest import make_staff
from tests.helpers.accounts.api_tokens import give_token

ISSUER = "https://id.example.com"


@pytest.fixture
def token(db, settings):
    settings.OIDC = SingleSignOn(ISSUER, "portal", "a secret of the tests")
    return give_token(make_staff("carla"))


def connect(days_ago):
    user = User.objects.get(username="carla")
    at = None if days_ago is None else timezone.now() - timedelta(days=days_ago)
    OidcIdentity.objects.create(
        user=user,
        issuer=ISSUER,
        subject="s-carla",
        linked_at=timezone.now(),
        last_signed_in_at=at,
    )


def test_a_recent_sign_in_is_enough(token):
    connect(days_ago=6.9)

    assert authenticate(token, None).user.username == "carla"


@pytest.mark.parametrize("days_ago", [7.1, None])
def test_an_older_one_is_not(token, days_ago):
    connect(days_ago)

    with pytest.raises(TokenRefused):
        authenticate(token, None)


def test_signing_in_again_is_enough(token):
    connect(days_ago=30)
    OidcIdentity.objects.update(last_signed_in_at=timezone.now())

    assert authenticate(token, None)


def test_users_who_are_not_connected_need_none(token):
    assert authenticate(token, None)


def test_nobody_needs_one_without_a_provider(token, settings):
    connect(days_ago=30)
    settings.OIDC = None

    assert authenticate(token, None)


def test_who_can_sign_in_nowhere_has_no_token(token, settings):
    settings.LOCAL_SIGN_IN = "off"

    with pytest.raises(TokenRefused):
        authenticate(token, None)
