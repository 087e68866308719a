"""The client against the sandbox: what each answer about an organization becomes."""

import json

import pytest

from customers.upstream.errors import (
    AccessDenied,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
)
from customers.upstream.stripe.stripe_customer import NOT_SET_UP

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


def test_an_organization_that_the_credentials_may_not_see(sandbox, client, secrets):
    with pytest.raises(AccessDenied):
        client.get_customer(sandbox.org_id("Nobody's Clinic"), secrets)


def test_an_organization_that_does_not_exist(client, secrets):
    with pytest.raises(OrganizationMissing):
        client.get_customer("no-such-organization", secrets)


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
