"""Signing out here signs out at the provider, too."""

from urllib.parse import parse_qs, urlsplit

import pytest

from customers.models import PortalSession, ProviderSession
from tests.helpers.accounts.codes import is_in, signed_in_by_password


@pytest.fixture
def leaving(connected, browser, sign_in):
    sign_in(browser)
    return browser


def test_the_provider_is_told_who_leaves(leaving, ana, provider):
    answer = leaving.post("/admin/logout/")
    assert answer.headers["Location"] == "/signed-out/"
    assert not is_in(leaving)
    page = leaving.get("/signed-out/").content.decode()
    assert 'content="0; url=/signed-out/provider/"' in page

    url = leaving.get("/signed-out/provider/").headers["Location"]

    asked = parse_qs(urlsplit(url).query)
    assert url.startswith(f"{provider.issuer}/end?")
    assert asked["id_token_hint"][0].count(".") == 2
    assert asked["post_logout_redirect_uri"] == ["http://testserver/admin/login/"]
    assert not ProviderSession.objects.exists()
    assert not PortalSession.objects.filter(user_id=ana.pk).exists()


def test_it_is_told_once(leaving):
    leaving.post("/admin/logout/")
    leaving.get("/signed-out/provider/")

    assert leaving.get("/signed-out/provider/").headers["Location"] == "/admin/login/"


@pytest.mark.parametrize("without", ["a page to leave", "an answer"])
def test_the_portal_is_left_even_if_the_provider_cannot_be(leaving, provider, settings, without):
    if without == "an answer":
        provider.is_away = True
        settings.OIDC = provider.settings(scopes="openid")  # so that nothing is remembered
    else:
        provider.discovery = {"end_session_endpoint": None}
        settings.OIDC = provider.settings(scopes="openid")

    leaving.post("/admin/logout/")

    assert leaving.get("/signed-out/provider/").headers["Location"] == "/admin/login/"
    assert not is_in(leaving)


def test_who_signed_in_with_a_password_does_not_go_there(ana, provider):
    client = signed_in_by_password()

    assert client.post("/admin/logout/").headers["Location"] == "/admin/login/"
