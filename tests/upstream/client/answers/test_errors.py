"""The client against the sandbox: each fault has its class of error, which repeats nothing."""

import pytest

from customers.upstream.errors import (
    AccessDenied,
    BadOrgId,
    BadSecret,
    CatalyzeError,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
    SessionExpired,
    SlowDown,
    Unavailable,
)
from customers.upstream.secrets import Secrets
from tests.helpers.upstream.said import everything_said_by

SLOW_DOWN = ["429", "rate-limit-400"]
PASSING = ["502", "503", "504"]
BROKEN = ["reset", "reset-midway", "timeout", "truncated", "trickle"]
USELESS = ["500", "malformed-400", "html-400"]
INVALID = ["204", "not-json", "deep", "redirect", "wrong-object", "empty", "huge"]
KINDS = [
    *((kind, SlowDown) for kind in SLOW_DOWN),
    *((kind, Unavailable) for kind in PASSING + BROKEN),
    *((kind, NoAnswer) for kind in USELESS),
    *((kind, InvalidAnswer) for kind in INVALID),
]
PARAMETERS = {"trickle": {"interval": 1}, "deep": {"depth": 50_000}}


def set_fault(sandbox, kind, **more):
    sandbox.set_fault(kind, **PARAMETERS.get(kind, {}), **more)


@pytest.mark.parametrize(("kind", "error"), KINDS)
def test_each_fault_has_its_class(sandbox, client, secrets, bingo, kind, error):
    set_fault(sandbox, kind)

    with pytest.raises(NoAnswer) as raised:
        client.get_customer(bingo, secrets)

    assert raised.type is error


@pytest.mark.parametrize("kind", [kind for kind, _ in KINDS])
def test_no_secret_and_no_part_of_a_body_is_in_an_error(sandbox, client, secrets, bingo, kind):
    set_fault(sandbox, kind)

    with pytest.raises(NoAnswer) as raised:
        client.get_customer(bingo, secrets)

    said = everything_said_by(raised.value)
    assert secrets.api_key not in said
    assert secrets.session_token not in said
    assert "nginx" not in str(raised.value)
    assert raised.value.message


@pytest.mark.parametrize("status", [501, 505, 599])
def test_any_other_fault_of_the_upstream_is_no_answer(sandbox, client, secrets, bingo, status):
    sandbox.set_fault("status", status=status)

    with pytest.raises(NoAnswer, match=str(status)):
        client.get_customer(bingo, secrets)


def test_an_ended_session(sandbox, client, secrets, bingo):
    sandbox.expire_sessions()

    with pytest.raises(SessionExpired) as raised:
        client.get_customer(bingo, secrets)

    assert secrets.session_token not in everything_said_by(raised.value)


def test_a_wrong_api_key(sandbox, client, secrets, bingo):
    with pytest.raises(SessionExpired) as raised:
        client.get_customer(bingo, Secrets("not-the-key", secrets.session_token))

    assert "not-the-key" not in everything_said_by(raised.value)


def test_every_error_of_the_client_has_one_base():
    errors = (BadSecret, BadOrgId, SessionExpired, AccessDenied, OrganizationMissing, NoAnswer)

    assert all(issubclass(error, CatalyzeError) for error in errors)
    assert issubclass(Unavailable, NoAnswer)
    assert issubclass(InvalidAnswer, NoAnswer)


@pytest.mark.parametrize("status", [402, 405, 409, 418, 201, 301])
def test_an_undocumented_status_means_nothing(sandbox, client, secrets, bingo, status):
    sandbox.set_fault("status", status=status, body='{"object": "customer", "id": "cus_1"}')

    with pytest.raises(InvalidAnswer, match=str(status)):
        client.get_customer(bingo, secrets)


@pytest.mark.parametrize(
    ("status", "error"), [(401, SessionExpired), (403, AccessDenied), (404, OrganizationMissing)]
)
@pytest.mark.parametrize("shape", ["message", "title", "top-level", "empty-list", "text"])
def test_the_status_decides_for_any_shape_of_body(
    sandbox, client, secrets, bingo, status, error, shape
):
    sandbox.set_fault("error-shape", shape=shape, status=status)

    with pytest.raises(error):
        client.get_customer(bingo, secrets)
