"""Sign in, step up and sign out with a real browser at a real provider."""

import re
import socket
import time
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import OidcIdentity, ProviderSession
from customers.services.single_sign_on.configuration import SecondFactorClaim, SingleSignOn
from tests.helpers.single_sign_on.mock_process import MockProvider, mock_provider

GROUPS = (("billing", "staff"), ("billing", "Support"))


@pytest.fixture(scope="module")
def process() -> Iterator[MockProvider]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with mock_provider(port) as provider:
        yield provider


@pytest.fixture
def provider(process, settings, transactional_db):
    settings.LOCAL_SIGN_IN = "off"
    settings.OIDC = SingleSignOn(
        process.issuer,
        "billing-portal",
        "client secret of the tests 4711",
        groups=GROUPS,
        second_factor=SecondFactorClaim("amr", "mfa"),
    )
    return process


@pytest.fixture
def page(chromium, live_server) -> Iterator:
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def sign_in(page, subject):
    page.goto("/admin/login/?next=/tokens/")
    page.get_by_role("link", name="Sign in with").click()
    authorize(page, subject)


def authorize(page, subject):
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize", exact=True).click()


def add_user(provider, subject, **claims):
    claims = {"preferred_username": subject, "amr": ["pwd", "mfa"], "groups": ["billing"]} | claims
    provider.add_user(subject, auth_time=int(time.time()), **claims)


def test_somebody_new_signs_in_and_out_by_the_provider(provider, page, live_server):
    add_user(provider, "carla")

    sign_in(page, "carla")

    assert page.url == f"{live_server.url}/tokens/"
    assert list(User.objects.values_list("username", "is_staff")) == [("carla", True)]
    page.locator("details.user summary").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="End session").click()
    page.wait_for_url(re.compile("/admin/login/"))
    page.goto("/tokens/")
    assert "/admin/login/" in page.url


def test_a_step_up_goes_on_with_the_form(provider, page):
    provider.add_user(
        "dora",
        preferred_username="dora",
        amr=["mfa"],
        groups=["billing"],
        auth_time=int(time.time()) - 3600,
    )
    sign_in(page, "dora")
    page.locator("input[name=name]").fill("nightly report")
    page.get_by_role("button", name="Create").click()
    page.get_by_role("link", name="Continue").click()
    add_user(provider, "dora")
    authorize(page, "dora")

    page.get_by_role("button", name="Continue").click()

    assert re.search("bpt_[0-9A-Za-z]{36}", page.content())


def test_an_existing_user_connects_and_is_out_once_revoked(
    provider, page, settings, open_browser, staff
):
    settings.LOCAL_SIGN_IN = "on"
    add_user(provider, "ana-there")
    signed_in = open_browser(user=staff, scripts=False)
    page.context.add_cookies(signed_in.context.cookies())
    page.goto("/sign-ins/")
    page.get_by_role("button", name="Connect").click()
    authorize(page, "ana-there")
    assert "Connected to" in page.content()
    page.context.clear_cookies()
    sign_in(page, "ana-there")
    assert page.url.endswith("/tokens/")
    assert OidcIdentity.objects.get().user == staff

    provider.revoke("ana-there")
    ProviderSession.objects.update(renewed_at=timezone.now() - settings.OIDC.recheck)

    page.goto("/keys/")
    assert "/admin/login/" in page.url
    assert "Your session has ended" in page.content()


def test_a_second_factor_that_the_provider_does_not_name_lets_nobody_in(provider, page):
    add_user(provider, "erin", amr=["pwd"])

    sign_in(page, "erin")

    assert "asked you for none" in page.content()
    page.goto("/tokens/")
    assert "/admin/login/" in page.url
