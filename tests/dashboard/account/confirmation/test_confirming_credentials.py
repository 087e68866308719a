"""Which credentials for Catalyze ask for the password before they are stored."""

import pytest

from customers.models import Credentials, PortalSession
from customers.services.credentials.store import open_credentials
from tests.conftest import browser_of
from tests.helpers.accounts.codes import PASSWORD, is_in, let_pass
from tests.helpers.accounts.confirming import ASKS, confirm, text_of

SIGN_IN, PASTE = "/credentials/sign-in/", "/credentials/paste/"
# Where those who see no organization yet see theirs arrive.
ARRIVING = "/credentials/organizations/"


def upstream_sign_in(sandbox, name="ana", **more):
    """Form data of “Your credentials”."""
    password = sandbox.users()[name]["password"]
    fields = {"username": name, "password": password, "api_key": sandbox.api_key, **more}
    return {f"sign_in-{field}": value for field, value in fields.items()}


def pasted(sandbox, name="ana"):
    return {"paste-api_key": sandbox.api_key, "paste-session_token": sandbox.sign_in(name)}


def test_storing_a_catalyze_password_asks_for_the_password(old, ana, sandbox):
    answer = old.post(SIGN_IN, upstream_sign_in(sandbox, keep="on"))

    assert ASKS in text_of(answer)
    assert "signin" not in sandbox.counts()["calls"]
    assert not Credentials.objects.exists()
    assert 'value="ana"' in text_of(answer)
    assert sandbox.users()["ana"]["password"] not in text_of(answer)
    assert sandbox.api_key not in text_of(answer)


def test_after_the_confirmation_the_secrets_are_typed_once_more(old, ana, sandbox):
    carried = {"sign_in-username": "ana", "sign_in-keep": "on"}

    page = text_of(confirm(old, SIGN_IN, **carried))

    assert "Enter your Catalyze details again" in page
    assert 'value="ana"' in page
    assert "checked" in page
    old.post(SIGN_IN, upstream_sign_in(sandbox, keep="on"))
    assert open_credentials(ana.pk).secrets.can_renew


def test_a_first_session_token_asks_for_nothing(old, ana, sandbox):
    answer = old.post(SIGN_IN, upstream_sign_in(sandbox))

    assert answer.headers["Location"] == ARRIVING


@pytest.fixture
def stored(old, ana, sandbox):
    old.post(SIGN_IN, upstream_sign_in(sandbox))
    return Credentials.objects.get()


@pytest.mark.parametrize("way", ["sign-in", "paste"])
def test_a_new_session_token_of_the_same_catalyze_user_asks_for_nothing(
    old, ana, sandbox, stored, mailed, way
):
    other = browser_of(ana)

    with mailed() as mails:
        answer = send(old, sandbox, way, "ana")

    assert answer.headers["Location"] == ARRIVING
    assert Credentials.objects.get().saved_at > stored.saved_at
    assert is_in(other)
    assert mails == []


@pytest.mark.parametrize("way", ["sign-in", "paste"])
def test_credentials_of_another_catalyze_user_ask_for_the_password(old, sandbox, stored, way):
    answer = send(old, sandbox, way, "ben")

    assert ASKS in text_of(answer)
    assert Credentials.objects.get().sealed == stored.sealed
    url = SIGN_IN if way == "sign-in" else PASTE
    assert "details again" in text_of(confirm(old, url))
    send(old, sandbox, way, "ben")
    assert Credentials.objects.get().users_id != stored.users_id


def test_a_session_at_catalyze_that_is_not_stored_is_ended_there(old, sandbox, stored):
    before = sandbox.counts()["calls"].get("signout", {})

    send(old, sandbox, "sign-in", "ben")

    after = sandbox.counts()["calls"].get("signout", {})
    assert sum(after.values()) == sum(before.values()) + 1


def test_pasted_ones_that_cannot_be_tested_may_be_anybodys(old, sandbox, stored):
    sandbox.set_fault("503", route="verify")

    answer = send(old, sandbox, "paste", "ana")

    assert ASKS in text_of(answer)
    assert Credentials.objects.get().sealed == stored.sealed


@pytest.mark.parametrize("what", ["a password", "another user"])
def test_a_password_or_another_user_ends_all_other_sessions_and_is_mailed(
    old, ana, sandbox, stored, mailed, what
):
    other = browser_of(ana)
    confirm(old, SIGN_IN)

    with mailed() as mails:
        if what == "a password":
            old.post(SIGN_IN, upstream_sign_in(sandbox, keep="on"))
        else:
            old.post(SIGN_IN, upstream_sign_in(sandbox, "ben"))

    assert is_in(old)
    assert not is_in(other)
    assert PortalSession.objects.filter(user_id=ana.pk).count() == 1
    assert [mail.subject for mail in mails] == ["Billing portal: Catalyze credentials replaced"]


def send(client, sandbox, way, name):
    if way == "sign-in":
        return client.post(SIGN_IN, upstream_sign_in(sandbox, name))
    return client.post(PASTE, pasted(sandbox, name))


def test_the_right_password_continues_the_action(old):
    old.post("/second-factor/begin/")

    answer = confirm(old, "/second-factor/begin/")

    assert answer.headers["Location"] == "/second-factor/"
    assert "Scan this" in text_of(old.get("/second-factor/"))


@pytest.mark.parametrize("typed", ["wrong", "", f"{PASSWORD} "])
def test_a_wrong_password_continues_nothing(old, typed):
    answer = old.post("/second-factor/begin/", {"own_password": typed})

    assert ASKS in text_of(answer)
    assert "Scan this" not in text_of(old.get("/second-factor/"))
    assert ASKS in text_of(old.post("/second-factor/begin/"))


def test_a_user_without_a_password_is_asked_to_sign_in_again(old, ana):
    ana.set_unusable_password()
    ana.save()
    client = browser_of(ana)
    client.get("/credentials/")
    let_pass(client, 11)

    answer = client.post("/second-factor/begin/")

    assert "Sign out, sign in again" in text_of(answer)
    assert "own_password" not in text_of(answer)
