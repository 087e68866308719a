"""All commands reject bad arguments with the same clear messages."""

import pytest

from tests.helpers.commands import run

OF_A_USER = [
    ("accept_mass_change", "{}"),
    ("set_credentials", "{}"),
    ("check_credentials", "--user={}"),
    ("sync_customers", "--user={}"),
    ("show_customer", "org", "--user={}"),
    ("export_customers", "--user={}"),
    ("create_api_token", "{}", "--name=x", "--scope=read", "--expires=1d"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("command", OF_A_USER, ids=lambda command: command[0])
def test_an_unknown_user_is_said(command):
    ran = run(*(part.format("nobody") for part in command))

    assert (ran.code, ran.out) == (1, "")
    assert "There is no user 'nobody'" in ran.err


@pytest.mark.parametrize("command", OF_A_USER, ids=lambda command: command[0])
def test_a_user_who_was_switched_off_is_said(signed_in_ana, sandbox, command, monkeypatch):
    monkeypatch.setenv("CATALYZE_API_KEY", "key")
    monkeypatch.setenv("CATALYZE_SESSION_TOKEN", "token")
    signed_in_ana.is_active = False
    signed_in_ana.save()

    ran = run(*(part.format("ana") for part in command))

    assert (ran.code, ran.out) == (1, "")
    assert "The user 'ana' is deactivated" in ran.err
    assert sandbox.counts()["calls"].keys() == {"signin"}


@pytest.mark.parametrize("command", ["show_customer", "export_customers", "set_credentials"])
def test_a_user_must_be_named(command):
    arguments = ["org"] if command == "show_customer" else []

    ran = run(command, *arguments)

    assert (ran.code, ran.out) == (1, "")
    assert "user" in ran.err.lower()
    assert "required" in ran.err


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--max-age=soon", "'soon' is not a duration; write for example 0s, 15m, 1h or 7d."),
        ("--max-age=15", "is not a duration"),
        ("--max-age=-1h", "is not a duration"),
        ("--max-age=1.5h", "is not a duration"),
        ("--max-age=99999d", "longer than"),
        ("--concurrency=0", "not a whole number from 1 to 512"),
        ("--concurrency=513", "not a whole number from 1 to 512"),
        ("--concurrency=-1", "not a whole number"),
        ("--concurrency=many", "not a whole number"),
        ("--concurrency=²", "not a whole number"),
        ("--limit=0", "not a whole number from 1"),
        ("--limit=1.5", "not a whole number"),
        ("--max-rps=fast", "not a number of requests per second"),
        ("--max-rps=-1", "is not from 0"),
        ("--max-rps=nan", "is not from 0"),
        ("--max-rps=inf", "is not from 0"),
        ("--org=", "The org id is empty"),
        ("--org=..", "looks like a path"),
        ("--org=a/b", "looks like a path"),
        ("--org=a%2Fb", "percent-encoded"),
        ("--org=a\nb", "line break"),
        ("--nonsense", "unrecognized arguments"),
    ],
)
def test_an_option_of_a_sync_that_cannot_be_is_said(option, sentence):
    ran = run("sync_customers", option)

    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
