"""Whom a permission list gives the payment permission, and what is no list."""

import json

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import InvalidAnswer, NoAnswer
from tests.helpers.upstream.recorder import LIMITS, SECRETS, recording


@pytest.fixture(scope="module")
def recorder():
    with recording() as recorder:
        yield recorder


def payment_list(recorder, **fields):
    recorder.body = json.dumps(fields).encode()
    return CatalyzeClient(recorder.url, LIMITS).get_payment_list("org-0", SECRETS)


def test_the_sandbox_lists_whom_it_lets_see_the_customer(sandbox, client, secrets):
    sandbox.put_org("org-0", payment=["ben", "carla"])
    users = sandbox.users()

    listed = client.get_payment_list("org-0", secrets)

    assert listed == {users["ben"]["usersId"], users["carla"]["usersId"]}


def test_only_the_payment_permission_counts(recorder):
    permissions = {"admin": ["a"], "payment": ["p", "p"], "dev": None}

    assert payment_list(recorder, orgId="org-0", permissions=permissions) == {"p"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"permissions": {"payment": ["p"]}},
        {"orgId": "org-1", "permissions": {"payment": ["p"]}},
        {"orgId": "org-0"},
        {"orgId": "org-0", "permissions": ["p"]},
        {"orgId": "org-0", "permissions": {"dev": ["p"]}},
        {"orgId": "org-0", "permissions": {"payment": None}},
        {"orgId": "org-0", "permissions": {"payment": "p"}},
        {"orgId": "org-0", "permissions": {"payment": {"p": 1}}},
        {"orgId": "org-0", "permissions": {"payment": ["p", 7]}},
        {"orgId": "org-0", "permissions": {"payment": ["p", ""]}},
    ],
    ids=json.dumps,
)
def test_a_malformed_list_is_no_list(recorder, fields):
    with pytest.raises(InvalidAnswer):
        payment_list(recorder, **fields)


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"<html>"])
def test_what_is_no_object_is_no_list(recorder, body):
    recorder.body = body

    with pytest.raises(NoAnswer):
        CatalyzeClient(recorder.url, LIMITS).get_payment_list("org-0", SECRETS)


@pytest.mark.parametrize("users_id", ["u\u200e1", " u1", "u" * 256, "u\n1"])
def test_a_users_id_that_would_be_changed_to_be_kept_is_not_known(recorder, users_id):
    """Cleaned or cut, it might be that of another user."""
    recorder.body = json.dumps({"usersId": users_id, "sessionToken": "t"}).encode()
    client = CatalyzeClient(recorder.url, LIMITS)

    assert client.verify_session(SECRETS) == ""
    assert client.sign_in("ana", "password", SECRETS.api_key).users_id == ""
