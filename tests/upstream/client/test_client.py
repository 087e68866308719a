"""The client against the sandbox: the result of each answer."""

import json

import pytest

from customers.upstream.client import CatalyzeClient
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
from customers.upstream.stripe.stripe_customer import NOT_SET_UP
from customers.upstream.transport import Limits

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
ABOUT_THE_SESSION = [
    "The session is invalid.",
    "SESSION_EXPIRED",
    "Your token has timed out.",
    "jwt malformed",
    "JWT expired",
    "Bad credentials",
    "Unauthorized",
    "You are not authorized.",
    "Authorisation is needed.",
    "Not authenticated",
    "Authentication required",
    "Please log in again.",
    "You have been logged out.",
    "You must sign in.",
    "You are not signed in.",
    "The Bearer is missing.",
    "The API key is unknown.",
    "Insufficient privileges to perform the requested action.",
    "You do not have permission.",
    "Access denied",
    "Forbidden",
]
PARAMETERS = {"trickle": {"interval": 1}, "deep": {"depth": 50_000}}
IMPATIENT = Limits(connect=1, read=0.3, deadline=0.6, retries=0)


@pytest.fixture
def client(sandbox):
    client = CatalyzeClient(sandbox.url, IMPATIENT)
    yield client
    client.close()


@pytest.fixture
def secrets(sandbox):
    return Secrets(sandbox.api_key, sandbox.sign_in())


@pytest.fixture
def bingo(sandbox):
    return sandbox.org_id("Bingo")


def set_fault(sandbox, kind, **more):
    sandbox.set_fault(kind, **PARAMETERS.get(kind, {}), **more)


def everything_said_by(error):
    """The messages of an error and its causes."""
    said = ""
    while error is not None:
        said += f"{error} {error!r} {error.args}"
        error = error.__cause__ or error.__context__
    return said


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


@pytest.mark.parametrize("status", [402, 405, 409, 418, 201, 301])
def test_an_undocumented_status_means_nothing(sandbox, client, secrets, bingo, status):
    sandbox.set_fault("status", status=status, body='{"object": "customer", "id": "cus_1"}')

    with pytest.raises(InvalidAnswer, match=str(status)):
        client.get_customer(bingo, secrets)


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


def test_an_organization_that_the_credentials_may_not_see(sandbox, client, secrets):
    with pytest.raises(AccessDenied):
        client.get_customer(sandbox.org_id("Nobody's Clinic"), secrets)


def test_an_organization_that_does_not_exist(client, secrets):
    with pytest.raises(OrganizationMissing):
        client.get_customer("no-such-organization", secrets)


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


@pytest.mark.parametrize("shape", ["message", "title", "top-level", "empty-list", "text"])
def test_a_400_in_any_shape_is_not_set_up(sandbox, client, secrets, bingo, shape):
    sandbox.set_fault("error-shape", shape=shape, status=400)

    answer = client.get_customer(bingo, secrets)

    assert answer.customer == NOT_SET_UP
    assert not answer.is_set_up


@pytest.mark.parametrize("body", ["", "[]", "null", "\x00\x01", '{"errors": null}'])
def test_a_400_with_an_odd_body_is_not_set_up(sandbox, client, secrets, bingo, body):
    sandbox.set_fault("status", status=400, body=body)

    assert client.get_customer(bingo, secrets).customer == NOT_SET_UP


@pytest.mark.parametrize("text", ABOUT_THE_SESSION)
def test_a_400_about_the_session_is_not_believed(sandbox, client, secrets, bingo, text):
    body = json.dumps({"errors": [{"message": text, "code": 400}]})
    sandbox.set_fault("status", status=400, body=body)

    with pytest.raises(NoAnswer, match="request_malformed"):
        client.get_customer(bingo, secrets)


def test_an_organization_that_is_not_set_up(sandbox, client, secrets):
    answer = client.get_customer(sandbox.org_id("Hemlock Start-up"), secrets)

    assert answer.customer == NOT_SET_UP
    assert answer.body == b""


def test_a_customer_comes_with_the_body_that_it_was_read_from(sandbox, client, secrets, bingo):
    sandbox.put_customer(bingo, b'{"object": "customer",  "id": "cus_1", "delinquent": null}')

    answer = client.get_customer(bingo, secrets)

    assert answer.is_set_up
    assert answer.customer.id == "cus_1"
    assert answer.customer.delinquent is None
    assert answer.body == b'{"object": "customer",  "id": "cus_1", "delinquent": null}'


@pytest.mark.parametrize(
    "body", [b"[]", b"null", b'"customer"', b"42", b"{}", b"\xff\xfe", b"1" * 9999]
)
def test_a_body_that_is_no_customer(sandbox, client, secrets, bingo, body):
    sandbox.put_customer(bingo, body)

    with pytest.raises(InvalidAnswer):
        client.get_customer(bingo, secrets)


def test_the_name_and_description_of_an_organization(sandbox, client, secrets, bingo):
    sandbox.put_org(bingo, name="Bingo & Sons", description="ÜBER")

    details = client.get_organization(bingo, secrets)

    assert (details.name, details.description) == ("Bingo & Sons", "ÜBER")


def test_the_name_and_description_of_an_organization_are_clean(sandbox, client, secrets, bingo):
    sandbox.put_org(bingo, name="\u202eBingo\x1b[2J\n& Sons\x00", description="a\u2028b\ufeff")

    details = client.get_organization(bingo, secrets)

    assert (details.name, details.description) == ("Bingo[2J & Sons", "a b")


@pytest.mark.parametrize(("status", "body"), [(200, "[]"), (200, "<html>"), (400, "{}"), (204, "")])
def test_an_organization_that_is_not_described(sandbox, client, secrets, bingo, status, body):
    sandbox.set_fault("status", route="org", status=status, body=body)

    with pytest.raises(NoAnswer):
        client.get_organization(bingo, secrets)


@pytest.mark.parametrize("body", ["{}", '{"name": null, "description": ["x"]}'])
def test_an_organization_may_lack_its_texts(sandbox, client, secrets, bingo, body):
    sandbox.set_fault("status", route="org", status=200, body=body)

    assert client.get_organization(bingo, secrets).name == ""


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


@pytest.mark.parametrize(
    "bad", ["two\nlines", "two\rlines", "clé", "tab\there", "", "  ", "x" * 5000]
)
def test_what_cannot_be_sent_in_a_header_is_refused_before_anything_is_sent(
    sandbox, client, secrets, bingo, bad
):
    before = sandbox.counts()["total"]

    for refused in (Secrets(bad, secrets.session_token), Secrets(secrets.api_key, f"{bad}\n{bad}")):
        with pytest.raises(BadSecret) as raised:
            client.get_customer(bingo, refused)
        assert not bad.strip() or bad not in everything_said_by(raised.value)
    with pytest.raises(BadSecret):
        client.sign_in("ana", "password", bad)

    assert sandbox.counts()["total"] == before


@pytest.mark.parametrize(
    "org_id",
    ["", " ", ".", "..", "a/b", "../admin", "a\\b", "a%2Fb", "%2e%2e", "a\nb", "a\r\nX: y", "\x00"]
    + ["a" * 201, "\ud800", "\ufffd", "\u202e"],
)
def test_a_hostile_org_id_is_refused_before_anything_is_sent(sandbox, client, secrets, org_id):
    before = sandbox.counts()["total"]

    for ask in (client.get_customer, client.get_organization):
        with pytest.raises(BadOrgId):
            ask(org_id, secrets)

    assert sandbox.counts()["total"] == before


@pytest.mark.parametrize(
    "org_id",
    ["a b", "ü", "a?b", "a#b", "a%b", "a&b=c", "a+b", "a;b:c@d", "...", "桜", "'\"<b>", "100%"]
    + ["~.-_", "a" * 200],
)
def test_an_unusual_org_id_reaches_its_organization(sandbox, client, secrets, org_id):
    sandbox.put_customer(org_id, {"object": "customer", "id": "cus_of_this_one"})

    answer = client.get_customer(f" {org_id} ", secrets)

    assert answer.customer.id == "cus_of_this_one"
    assert sandbox.counts(org_id)["calls"] == {"customer": {"200": 1}}


def test_only_the_five_documented_calls_are_made(sandbox, client, bingo):
    password = sandbox.users()["ana"]["password"]

    signed_in = client.sign_in("ana", password, sandbox.api_key)
    secrets = Secrets(sandbox.api_key, signed_in.session_token)
    client.get_customer(bingo, secrets)
    client.get_organization(bingo, secrets)
    client.verify_session(secrets)
    client.sign_out(secrets)

    counts = sandbox.counts()
    assert counts["undocumented"] == 0
    assert counts["calls"].keys() == {"customer", "org", "signin", "verify", "signout"}


def test_every_error_of_the_client_has_one_base():
    errors = (BadSecret, BadOrgId, SessionExpired, AccessDenied, OrganizationMissing, NoAnswer)

    assert all(issubclass(error, CatalyzeError) for error in errors)
    assert issubclass(Unavailable, NoAnswer)
    assert issubclass(InvalidAnswer, NoAnswer)
