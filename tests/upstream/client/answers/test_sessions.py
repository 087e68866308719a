"""The client against the sandbox: signing in and out, and whether a session is valid."""

import pytest

from customers.upstream.errors import (
    AccessDenied,
    InvalidAnswer,
    NoAnswer,
    SessionExpired,
    Unavailable,
)
from customers.upstream.secrets import Secrets
from tests.helpers.upstream.said import everything_said_by


def test_a_session_that_has_ended_is_not_valid(sandbox, client, secrets):
    sandbox.expire_sessions()

    with pytest.raises(SessionExpired):
        client.verify_session(secrets)


@pytest.mark.parametrize("status", [400, 204, 302, 418, 500])
def test_only_a_200_says_that_the_session_is_valid(sandbox, client, secrets, status):
    sandbox.set_fault("status", route="verify", status=status, body="{}")

    with pytest.raises(NoAnswer):
        client.verify_session(secrets)


@pytest.mark.parametrize("body", ["", "OK", "<html></html>", "[]", "true", '{"usersId": 5}'])
def test_a_200_without_a_name_in_it_is_still_valid(sandbox, client, secrets, body):
    sandbox.set_fault("status", route="verify", status=200, body=body)

    assert client.verify_session(secrets) == ""


def test_a_valid_session_names_its_user(sandbox, client, secrets):
    assert client.verify_session(secrets) == sandbox.users()["ana"]["usersId"]


def test_a_signed_out_session_is_not_valid(client, secrets):
    client.sign_out(secrets)

    with pytest.raises(SessionExpired):
        client.verify_session(secrets)


@pytest.mark.parametrize("status", [204, 400, 500])
def test_a_sign_out_that_did_not_happen_is_said(sandbox, client, secrets, status):
    sandbox.set_fault("status", route="signout", status=status)

    with pytest.raises(NoAnswer):
        client.sign_out(secrets)


def test_a_wrong_password_is_refused_without_repeating_it(sandbox, client):
    with pytest.raises(AccessDenied) as raised:
        client.sign_in("ana", "not the password", sandbox.api_key)

    said = everything_said_by(raised.value)
    assert "not the password" not in said
    assert sandbox.api_key not in said


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_sign_in_is_refused_by_any_of_these(sandbox, client, status):
    sandbox.set_fault("status", route="signin", status=status, body="{}")

    with pytest.raises(AccessDenied):
        client.sign_in("ana", "password", sandbox.api_key)


def test_a_rate_limit_is_no_refusal_of_the_password(sandbox, client):
    sandbox.set_fault("rate-limit-400", route="signin")

    with pytest.raises(Unavailable):
        client.sign_in("ana", "password", sandbox.api_key)


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        '{"usersId": "u"}',
        '{"sessionToken": null}',
        '{"sessionToken": ""}',
        '{"sessionToken": 5}',
        '{"sessionToken": "two\\nlines"}',
        '{"sessionToken": "ü"}',
        "[]",
        "<html></html>",
        "",
    ],
)
def test_a_sign_in_without_a_usable_token_is_an_invalid_answer(sandbox, client, body):
    sandbox.set_fault("status", route="signin", status=200, body=body)

    with pytest.raises(InvalidAnswer):
        client.sign_in("ana", "password", sandbox.api_key)


def test_a_sign_in_gives_a_session_that_works(sandbox, client, bingo):
    ana = sandbox.users()["ana"]

    signed_in = client.sign_in("ana", ana["password"], sandbox.api_key)

    assert signed_in.users_id == ana["usersId"]
    found = client.get_customer(bingo, Secrets(sandbox.api_key, signed_in.session_token))
    assert found.customer.payment_method.last4 == "4242"
