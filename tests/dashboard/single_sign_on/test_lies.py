"""A provider that lies in any claim gets nobody in."""

import time

import pytest
from django.contrib.auth.models import User

from customers.models import OidcIdentity
from tests.helpers.accounts.codes import is_in
from tests.helpers.single_sign_on.provider import CLIENT_ID, OTHER_KEY, Said, secret_as_key
from tests.helpers.single_sign_on.refusals import refusals

NOW = time.time()
LIES = {
    "issuer": Said({"iss": "https://id.example.com"}),
    "no issuer": Said({"iss": None}),
    "audience": Said({"aud": "another-portal"}),
    "audience beside our azp": Said({"aud": "another-portal", "azp": CLIENT_ID}),
    "no audience": Said({"aud": None}),
    "second audience without azp": Said({"aud": [CLIENT_ID, "another-portal"]}),
    "azp": Said({"aud": [CLIENT_ID, "another-portal"], "azp": "another-portal"}),
    "azp beside one audience": Said({"azp": "another-portal"}),
    "nonce": Said({"nonce": "of another sign-in"}),
    "no nonce": Said({"nonce": None}),
    "expired": Said({"exp": int(NOW) - 3600}),
    "no expiry": Said({"exp": None}),
    "expiry in words": Said({"exp": "never"}),
    "issued in the future": Said({"iat": int(NOW) + 7200, "exp": int(NOW) + 9000}),
    "not valid yet": Said({"nbf": int(NOW) + 7200}),
    "no subject": Said({"sub": None}),
    "empty subject": Said({"sub": ""}),
    "subject that is no text": Said({"sub": 7}),
    "signed in there in the future": Said({"auth_time": int(NOW) + 7200}),
    "no signature": Said(unsigned=True, header={"alg": "none"}),
    "no signature, but an algorithm": Said(unsigned=True),
    "another key": Said(key=OTHER_KEY),
    "unknown key": Said(header={"kid": "second"}),
    "signed with the client secret": Said(header={"alg": "HS256"}, key=secret_as_key()),
    "no id token": Said(id_token=False),
    "signed in there at no possible time": Said({"auth_time": 10**400}),
    "subject that no database keeps": Said({"sub": "s-\x00ana"}),
}


@pytest.mark.parametrize("lie", LIES)
def test_nobody_gets_in_with_a_lie(connected, browser, sign_in, lie):
    answer = sign_in(browser, said=LIES[lie])

    assert not is_in(browser)
    assert answer.headers["Location"].startswith("/admin/login/")
    assert refusals() == ["no_id_token" if lie == "no id token" else "claims"]


def test_the_same_answer_without_a_lie_signs_in(connected, browser, sign_in):
    sign_in(browser)

    assert is_in(browser)
    assert refusals() == []


def test_an_answer_works_once(connected, provider, browser):
    back = provider.approve(browser.get("/sign-in/").headers["Location"])
    browser.get(back)
    browser.post("/admin/logout/")

    browser.get(back)

    assert not is_in(browser)


def test_a_refused_answer_uses_up_its_state(connected, provider, browser):
    url = browser.get("/sign-in/").headers["Location"]
    browser.get(provider.approve(url, said=Said({"nonce": "of another sign-in"})))

    browser.get(provider.approve(url))

    assert not is_in(browser)
    assert refusals() == ["claims", "state"]


def test_a_code_works_once_even_with_a_state_that_waits(connected, provider, browser):
    back = provider.approve(browser.get("/sign-in/").headers["Location"])
    provider.codes.clear()

    browser.get(back)

    assert refusals() == ["provider"]
    assert not is_in(browser)


def test_an_answer_works_in_no_other_browser(connected, provider, browser, client):
    back = provider.approve(browser.get("/sign-in/").headers["Location"])

    client.get("/sign-in/")
    client.get(back)

    assert not is_in(client)
    assert refusals() == ["state"]


def test_strangers_who_have_begun_nothing_fill_no_log(provider, browser):
    answer = browser.get("/sign-in/callback/?code=x&state=y", follow=True)

    assert "took too long or was already used" in answer.content.decode()
    assert refusals() == []


def test_an_unfinished_sign_in_leaves_a_session_of_minutes(connected, browser, sign_in, provider):
    browser.get("/sign-in/")
    assert browser.session.get_expiry_age() <= 600

    sign_in(browser)

    assert browser.session.get_expiry_age() == 12 * 3600


def test_the_code_of_another_sign_in_fits_no_state(connected, provider, browser, client):
    """PKCE: a stolen code is of no use in the thief's own sign-in."""
    stolen = provider.approve(client.get("/sign-in/").headers["Location"])
    own = provider.approve(browser.get("/sign-in/").headers["Location"], "s-thief")
    mixed = own.split("code=")[0] + stolen.split("?")[1].split("&")[0] + "&" + own.split("&")[1]

    browser.get(mixed)

    assert not is_in(browser)
    assert refusals() == ["provider"]


def test_an_answer_that_names_another_issuer_is_refused(connected, provider, browser):
    back = provider.approve(browser.get("/sign-in/").headers["Location"])

    browser.get(f"{back}&iss=https://id.example.com")

    assert not is_in(browser)
    assert refusals() == ["claims"]


def test_what_the_provider_says_of_an_error_is_not_repeated(connected, provider, browser):
    begun = browser.get("/sign-in/").headers["Location"]
    state = provider.approve(begun).split("state=")[1]
    sent = f"/sign-in/callback/?error=access_denied&error_description=Call+0800&state={state}"

    page = browser.get(sent, follow=True).content.decode()

    assert "Call 0800" not in page
    assert "The sign-in provider didn’t sign you in." in page


def test_an_unknown_subject_is_nobody(connected, browser, sign_in):
    sign_in(browser, "s-mallory", Said({"email": "ana@example.com", "preferred_username": "ana"}))

    assert not is_in(browser)
    assert refusals() == ["unknown"]
    assert User.objects.count() == 1


def test_the_same_subject_of_another_issuer_is_nobody(connected, browser, sign_in):
    OidcIdentity.objects.update(issuer="https://former.example.com")

    sign_in(browser)

    assert not is_in(browser)
    assert refusals() == ["unknown"]


def test_strangers_do_not_fill_the_log(connected, browser, settings):
    settings.SIGN_IN_ATTEMPTS = 3
    browser.get("/sign-in/")

    for _ in range(6):
        browser.get("/sign-in/callback/?code=x&state=y")

    assert refusals() == 3 * ["state"]
