"""Your credentials: sign in, paste, test, delete; secrets are never shown."""

import pytest

from customers.models import Credentials
from tests.conftest import browser_of


@pytest.fixture
def browser(ana, sandbox):
    return browser_of(ana)


def sign_in(browser, sandbox, **changes):
    fields = {
        "sign_in-username": "ana",
        "sign_in-password": sandbox.users()["ana"]["password"],
        "sign_in-api_key": sandbox.api_key,
    }
    return browser.post("/credentials/sign-in/", fields | changes, follow=True)


def paste(browser, key, token):
    fields = {"paste-api_key": key, "paste-session_token": token}
    return browser.post("/credentials/paste/", fields, follow=True)


def test_a_wrong_password_is_said_and_stores_nothing(browser, sandbox):
    response = sign_in(browser, sandbox, **{"sign_in-password": "wrong"})

    assert "refused this user name, password or API key" in response.content.decode()
    assert not Credentials.objects.exists()


def test_signing_in_stores_working_credentials_without_the_password(browser, sandbox):
    response = sign_in(browser, sandbox)

    row = Credentials.objects.get()
    assert "Your session is valid" in response.content.decode()
    assert (row.state, row.renews_itself) == ("active", False)


def test_the_password_is_stored_only_by_choice(browser, sandbox):
    sign_in(browser, sandbox, **{"sign_in-keep": "on"})

    assert Credentials.objects.get().renews_itself


def test_the_stored_api_key_serves_the_next_sign_in(browser, sandbox):
    sign_in(browser, sandbox)

    response = sign_in(browser, sandbox, **{"sign_in-api_key": ""})

    assert "Your session is valid" in response.content.decode()


def test_no_secret_is_ever_shown_back(browser, sandbox):
    password = sandbox.users()["ana"]["password"]
    responses = [
        sign_in(browser, sandbox, **{"sign_in-username": ""}),
        sign_in(browser, sandbox),
        paste(browser, sandbox.api_key, "garbled token\nwith a break"),
        browser.get("/credentials/"),
    ]

    for response in responses:
        assert password not in response.content.decode()
        assert sandbox.api_key not in response.content.decode()
        assert "garbled token" not in response.content.decode()


def test_a_pasted_pair_is_tried_and_stored(browser, sandbox):
    response = paste(browser, sandbox.api_key, sandbox.sign_in("ana"))

    assert "Your Catalyze session is valid" in response.content.decode()
    assert Credentials.objects.get().state == "active"


def test_a_refused_pair_leaves_what_was_stored(browser, sandbox):
    sign_in(browser, sandbox)
    before = Credentials.objects.get().sealed

    response = paste(browser, sandbox.api_key, "0c7f26c8-5b4a-4a32-b35a-2e249448bbf2")

    assert "Nothing was changed." in response.content.decode()
    assert bytes(Credentials.objects.get().sealed) == bytes(before)


@pytest.mark.parametrize("token", ["two\nlines", "tökén", "x" * 5000, "   "])
def test_a_token_that_cannot_be_sent_gets_a_sentence(browser, sandbox, token):
    response = paste(browser, sandbox.api_key, token)

    assert 'class="errorlist' in response.content.decode()
    assert not Credentials.objects.exists()


def test_while_the_upstream_is_down_a_pasted_pair_is_kept_as_not_tested(browser, sandbox):
    token = sandbox.sign_in("ana")
    sandbox.set_fault("503", route="verify")

    response = paste(browser, sandbox.api_key, token)

    assert "Saved, but not tested" in response.content.decode()
    assert Credentials.objects.get().state == "unchecked"


def test_an_unusual_key_is_warned_about_and_kept(browser, sandbox):
    sandbox.set_fault("503", route="verify")

    response = paste(browser, "two words", "a-token")

    assert "unusual form" in response.content.decode()
    assert Credentials.objects.exists()


def test_testing_notices_an_ended_session(browser, sandbox):
    sign_in(browser, sandbox)
    sandbox.expire_sessions()

    response = browser.post("/credentials/test/", follow=True)

    assert "no longer accepts the session" in response.content.decode()
    assert Credentials.objects.get().state == "expired"


def test_testing_a_working_session_says_so(browser, sandbox):
    sign_in(browser, sandbox)

    response = browser.post("/credentials/test/", follow=True)

    assert "Your Catalyze session is valid." in response.content.decode()


def test_forgetting_ends_the_session_and_what_it_proved(browser, sandbox):
    sign_in(browser, sandbox)
    browser.get(f"/orgs/{sandbox.org_id('Bingo')}/")

    browser.post("/credentials/forget/")

    assert not Credentials.objects.exists()
    assert sandbox.counts()["calls"]["signout"] == {"200": 1}
    assert "Bingo" not in browser.get("/orgs/").content.decode()


def test_a_session_that_could_not_be_ended_is_told_of(browser, sandbox):
    sign_in(browser, sandbox)
    sandbox.set_fault("503", route="signout")

    page = browser.post("/credentials/forget/", follow=True).content.decode()

    assert not Credentials.objects.exists()
    assert (
        "Your credentials were deleted here. Catalyze is not available now (503). "
        "The session may stay open at Catalyze until it times out."
    ) in page


def test_testing_without_credentials_says_what_to_do(browser):
    response = browser.post("/credentials/test/", follow=True)

    assert "No credentials are stored" in response.content.decode()
