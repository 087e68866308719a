"""A provider of each test's own, and a browser that signs in there."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from customers.models import OidcIdentity
from tests.helpers.single_sign_on.provider import (
    CLIENT_SECRET,
    Provider,
    ProviderServer,
    Said,
    provider_server,
)

SignIn = Callable[..., HttpResponse]


@pytest.fixture(scope="package")
def server() -> Iterator[ProviderServer]:
    with provider_server() as served:
        yield served


@pytest.fixture
def provider(server, settings, secrecy) -> Provider:
    secrecy.know(CLIENT_SECRET)
    made = server.add(secrecy.know)
    settings.OIDC = made.settings()
    return made


@pytest.fixture
def connected(ana, provider) -> OidcIdentity:
    """Ana, whom the provider knows as s-ana."""
    return OidcIdentity.objects.create(
        user=ana, issuer=provider.issuer, subject="s-ana", linked_at=timezone.now()
    )


@pytest.fixture
def sign_in(provider) -> SignIn:
    def signed_in(
        client: Client, subject: str = "s-ana", said: Said | None = None, way: str = "/keys/"
    ) -> HttpResponse:
        begun = client.get("/sign-in/", {"next": way})
        return client.get(provider.approve(begun.headers["Location"], subject, said))

    return signed_in


@pytest.fixture
def browser(db) -> Client:
    return Client()


@pytest.fixture
def root(db) -> User:
    return User.objects.create_superuser("root", "root@example.com", "a password of the tests")
