"""Steps that ask for the password again ask the provider, if that is where the user signed in."""

import time

import pytest

from customers.models import SecurityEvent
from customers.services.single_sign_on.configuration import SecondFactorClaim
from tests.helpers.accounts.codes import PASSWORD, let_pass
from tests.helpers.accounts.confirming import text_of
from tests.helpers.single_sign_on.provider import Said

TOKEN = {"form_key": "6f0f5f50-6f4f-4a52-8d4a-1c4c8d8c7a11", "name": "nightly", "scopes": "read"}
TOKEN |= {"lasts": str(24 * 3600)}
ONCE = "again at your sign-in provider"


@pytest.fixture
def old(connected, browser, sign_in):
    """Ana, who signed in at the provider eleven minutes ago."""
    sign_in(browser)
    browser.get("/keys/")
    let_pass(browser, 11)
    return browser


def step_up(client):
    return client.get("/sign-in/confirm/").headers["Location"]


def refusal():
    return SecurityEvent.objects.get(code="signin.refused").detail["reason"]


def test_a_sign_in_of_just_now_is_enough(connected, browser, sign_in):
    sign_in(browser)

    assert "bpt_" in text_of(browser.post("/tokens/create/", TOKEN))


def test_only_a_sign_in_that_the_provider_dates_is_recent(connected, browser, sign_in):
    """It may have known its user for hours."""
    sign_in(browser, said=Said({"auth_time": None}))

    assert ONCE in text_of(browser.post("/tokens/create/", TOKEN))


def test_the_form_goes_on_after_the_provider_asked_again(old, provider):
    assert ONCE in text_of(old.post("/tokens/create/", TOKEN))
    url = step_up(old)
    assert "prompt=login" in url
    assert "max_age=0" in url

    page = old.get(provider.approve(url), follow=True)

    assert page.request["PATH_INFO"] == "/sign-in/confirmed/"
    assert 'action="/tokens/create/"' in text_of(page)
    assert 'name="name" value="nightly"' in text_of(page)
    made = old.post("/tokens/create/", {**TOKEN, "confirmed_at_provider": "1"})
    assert "bpt_" in text_of(made)


def test_the_field_of_that_form_confirms_nothing(old):
    answer = old.post("/tokens/create/", {**TOKEN, "confirmed_at_provider": "1"})

    assert ONCE in text_of(answer)


def test_the_password_of_the_portal_confirms_nothing_then(old):
    answer = old.post("/tokens/create/", {**TOKEN, "own_password": PASSWORD})

    assert ONCE in text_of(answer)


@pytest.mark.parametrize(
    ("said", "subject", "reason"),
    [
        (Said({"auth_time": int(time.time()) - 3600}), "s-ana", "not_recent"),
        (Said({"auth_time": None}), "s-ana", "not_recent"),
        (Said(), "s-ben", "other_user"),
        (Said({"nonce": "wrong"}), "s-ana", "claims"),
    ],
    ids=["long ago", "no time", "somebody else", "a lie"],
)
def test_what_the_provider_does_not_confirm_stays_undone(old, provider, said, subject, reason):
    old.post("/tokens/create/", TOKEN)

    old.get(provider.approve(step_up(old), subject, said))

    assert refusal() == reason
    assert ONCE in text_of(old.post("/tokens/create/", TOKEN))


def test_a_session_with_the_providers_factor_is_confirmed_with_it(
    provider, settings, connected, browser, sign_in
):
    settings.OIDC = provider.settings(second_factor=SecondFactorClaim("amr", "mfa"))
    sign_in(browser, said=Said({"amr": ["mfa"]}))
    browser.get("/keys/")
    let_pass(browser, 11)
    browser.post("/tokens/create/", TOKEN)

    browser.get(provider.approve(step_up(browser)))

    assert refusal() == "second_factor"


def test_nothing_is_confirmed_before_a_form_waits_for_it(old):
    assert old.get("/sign-in/confirm/").headers["Location"] == "/admin/login/?next=/"
    assert old.get("/sign-in/confirmed/").headers["Location"] == "/admin/login/?next=/"
