"""`set_credentials`: secrets come from the environment or a prompt, and are not printed."""

import pytest

from customers.models import Credentials
from customers.services.credentials.store import open_credentials
from tests.conftest import sign_in_upstream
from tests.helpers.commands import run

API_KEY, TOKEN = "browser api.example.com 525ad5d6993247cccb083e5a", "0f3a-session"


@pytest.fixture
def environment(monkeypatch):
    """Set or unset (None) the two variables."""

    def put(api_key, token):
        for name, value in (("CATALYZE_API_KEY", api_key), ("CATALYZE_SESSION_TOKEN", token)):
            monkeypatch.delenv(name, raising=False)
            if value is not None:
                monkeypatch.setenv(name, value)

    return put


@pytest.mark.parametrize(
    ("api_key", "token", "missing"),
    [
        (None, None, "CATALYZE_API_KEY"),
        (None, TOKEN, "CATALYZE_API_KEY"),
        (API_KEY, None, "CATALYZE_SESSION_TOKEN"),
    ],
)
def test_a_missing_variable_without_a_terminal_is_said(
    ana, environment, monkeypatch, api_key, token, missing
):
    environment(api_key, token)
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    ran = run("set_credentials", "ana")

    assert ran.code == 1
    assert f"{missing} is not set, and there is no terminal to ask on." in ran.err
    assert not Credentials.objects.exists()


@pytest.mark.parametrize(
    ("api_key", "token", "sentence"),
    [
        ("", TOKEN, "The API key is empty"),
        (API_KEY, " ", "The session token is empty"),
        ("two\nlines", TOKEN, "The API key contains a line break"),
        (API_KEY, "two\r\nlines", "The session token contains a line break"),
        ("clé", TOKEN, "The API key contains a character"),
        ("x" * 5000, TOKEN, "The API key is longer"),
    ],
)
def test_a_secret_that_cannot_be_sent_is_not_stored(ana, environment, api_key, token, sentence):
    environment(api_key, token)

    ran = run("set_credentials", "ana")

    assert ran.code == 1
    assert sentence in ran.err
    assert "Nothing was stored." in ran.err
    assert not Credentials.objects.exists()


def test_a_refused_secret_leaves_the_stored_ones(ana, environment):
    environment(API_KEY, TOKEN)
    run("set_credentials", "ana")
    environment("two\nlines", "another")

    run("set_credentials", "ana")

    assert open_credentials(ana.pk).secrets.session_token == TOKEN


def test_what_is_stored_is_neither_printed_nor_readable(ana, environment):
    environment(f" {API_KEY}\n", f"Bearer {TOKEN}\n")

    ran = run("set_credentials", "ana")

    assert (ran.code, ran.out, ran.err) == (0, "Stored the credentials of ana.\n", "")
    sealed = bytes(Credentials.objects.get(user=ana).sealed)
    assert API_KEY.encode() not in sealed
    assert TOKEN.encode() not in sealed
    opened = open_credentials(ana.pk).secrets
    assert (opened.api_key, opened.session_token) == (API_KEY, TOKEN)


def test_a_prompt_asks_for_what_the_environment_lacks(ana, environment, monkeypatch):
    environment(API_KEY, None)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr(
        "customers.management.commands.set_credentials.getpass",
        lambda prompt: asked.append(prompt) or TOKEN,
    )

    ran = run("set_credentials", "ana")

    assert (ran.code, asked) == (0, ["Session token: "])
    assert open_credentials(ana.pk).secrets.session_token == TOKEN


def test_an_unusual_key_is_stored_with_a_warning_that_does_not_repeat_it(ana, environment):
    environment("two words", TOKEN)

    ran = run("set_credentials", "ana")

    assert ran.code == 0
    assert "unusual form" in ran.err
    assert "two words" not in ran.out + ran.err
    assert open_credentials(ana.pk).secrets.api_key == "two words"


def test_a_second_run_replaces_the_first(ana, environment):
    environment(API_KEY, "first")
    run("set_credentials", "ana")
    environment(API_KEY, "second")

    run("set_credentials", "ana")

    assert open_credentials(ana.pk).secrets.session_token == "second"
    assert Credentials.objects.count() == 1


@pytest.mark.parametrize("option", ["--api-key", "--session-token", "--password", "--token"])
def test_no_secret_is_taken_as_an_argument(ana, environment, option):
    environment(API_KEY, TOKEN)

    ran = run("set_credentials", "ana", f"{option}=0f3a")

    assert ran.code != 0
    assert not Credentials.objects.exists()


def test_new_ones_that_are_refused_leave_the_old_ones(ana, sandbox, monkeypatch):
    sign_in_upstream(ana, sandbox)
    before = open_credentials(ana.pk)
    monkeypatch.setenv("CATALYZE_API_KEY", sandbox.api_key)
    monkeypatch.setenv("CATALYZE_SESSION_TOKEN", "0c7f26c8-5b4a-4a32-b35a-2e249448bbf2")

    ran = run("set_credentials", "ana")

    assert ran.code == 1
    assert "Nothing was changed." in ran.err
    assert open_credentials(ana.pk) == before
