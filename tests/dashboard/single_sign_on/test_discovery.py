"""What a provider says of itself is believed only as far as it is asked for."""

import pytest

from tests.helpers.accounts.codes import is_in
from tests.helpers.single_sign_on.refusals import refusals


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://id.example.com"},
        {"token_endpoint": "http://id.example.com/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    ],
    ids=str,
)
def test_a_provider_that_describes_itself_wrongly_is_not_visited(
    connected, provider, browser, discovery
):
    provider.discovery = discovery

    answer = browser.get("/sign-in/")

    assert answer.headers["Location"] == "/admin/login/?next=%2F"
    assert refusals() == ["discovery"]


def test_a_provider_that_was_described_wrongly_is_read_again(connected, provider, browser):
    provider.discovery = {"jwks_uri": None}
    browser.get("/sign-in/")
    provider.discovery = {}

    answer = browser.get("/sign-in/")

    assert answer.headers["Location"].startswith(f"{provider.issuer}/authorize?")


def test_a_discovery_document_changes_no_setting_of_the_portals_own(
    connected, provider, browser, sign_in
):
    nowhere = "http://127.0.0.1:9"
    provider.discovery = {"proxies": {"http": nowhere, "https": nowhere}, "default_timeout": 0.0001}

    sign_in(browser)

    assert is_in(browser)


def test_no_redirect_of_the_provider_is_followed(connected, provider, browser, sign_in):
    provider.discovery = {"token_endpoint": f"{provider.issuer}/elsewhere"}
    answers = provider.answer
    provider.answer = lambda path, form: (
        (302, {"redirect": f"{provider.issuer}/token"})
        if path == "/elsewhere"
        else answers(path, form)
    )

    sign_in(browser)

    assert not is_in(browser)
    assert "/token" not in provider.requests


def test_proxies_of_the_environment_are_not_used(
    connected, provider, browser, sign_in, monkeypatch
):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    sign_in(browser)

    assert is_in(browser)


@pytest.mark.parametrize("why", ["no proxy there", "no answer in time", "out of order"])
def test_a_provider_that_is_not_reached_is_said(provider, browser, settings, monkeypatch, why):
    if why == "no proxy there":
        settings.OIDC = provider.settings(proxy="http://127.0.0.1:9")
    elif why == "no answer in time":
        monkeypatch.setattr("customers.services.single_sign_on.provider._TIMEOUT", (1, 0.2))
        provider.answers_after = 1
    else:
        provider.is_away = True

    answer = browser.get("/sign-in/", follow=True)

    assert "The sign-in provider doesn’t answer." in answer.content.decode()
