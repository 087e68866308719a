"""Secrets are validated before they are sent, and never shown."""

import dataclasses

import pytest

from customers.upstream.errors import BadSecret
from customers.upstream.message import Message
from customers.upstream.secrets import (
    MAX_LENGTH,
    Secrets,
    api_key_warning,
    clean_api_key,
    clean_session_token,
)

both = pytest.mark.parametrize("clean", [clean_api_key, clean_session_token])


@both
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "_empty"),
        (" \n ", "_empty"),
        ("two\nlines", "_has_line_break"),
        ("two\r\nlines", "_has_line_break"),
        ("two\rlines", "_has_line_break"),
        ("clé", "_cannot_be_sent"),
        ("with\x00nul", "_cannot_be_sent"),
        ("with\ttab", "_cannot_be_sent"),
        ("typographic“quotes”", "_cannot_be_sent"),
        ("x" * (MAX_LENGTH + 1), "_too_long most=4096"),
    ],
)
def test_what_cannot_be_sent_is_refused_without_repeating_it(clean, text, code):
    with pytest.raises(BadSecret, match=code) as raised:
        clean(text)

    assert not text.strip() or text not in str(raised.value)


@both
@pytest.mark.parametrize("text", ["525ad5d6", "browser api.example.com 525ad5d6", "x" * MAX_LENGTH])
def test_any_text_of_one_line_is_kept(clean, text):
    assert clean(f"  {text}\r\n") == text


def test_a_token_may_be_pasted_with_its_prefix():
    assert clean_session_token("Bearer 0f3a") == "0f3a"


@pytest.mark.parametrize("key", ["two words", "four words of key", "a b c d e"])
def test_an_unusual_key_is_warned_of_without_repeating_it(key):
    warning = api_key_warning(key)

    assert warning == Message("api_key_unusual")
    assert key not in str(warning)


@pytest.mark.parametrize("key", ["525ad5d6", "browser api.catalyze.io 525ad5d6"])
def test_a_usual_key_is_not_warned_of(key):
    assert not api_key_warning(key)


def test_no_secret_shows_in_any_form_of_text():
    secrets = Secrets("the-key", "the-token", "the-name", "the-password")

    shown = f"{secrets} {secrets!r} {[secrets]}"

    assert not [value for value in dataclasses.astuple(secrets) if value in shown]


@pytest.mark.parametrize(
    ("username", "password", "can_renew"),
    [("", "", False), ("ana", "", False), ("", "secret", False), ("ana", "secret", True)],
)
def test_a_session_renews_itself_only_with_a_name_and_a_password(username, password, can_renew):
    assert Secrets("key", "token", username, password).can_renew is can_renew
