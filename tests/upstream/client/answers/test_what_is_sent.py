"""The client against the sandbox: what may be sent, and to which addresses."""

import pytest

from customers.upstream.errors import BadOrgId, BadSecret
from customers.upstream.secrets import Secrets
from tests.helpers.upstream.said import everything_said_by


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
