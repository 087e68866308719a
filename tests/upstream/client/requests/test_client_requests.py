"""What the client puts on the wire, recorded by a server of the tests' own."""

import json

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import SessionExpired
from customers.upstream.secrets import Secrets
from tests.helpers.upstream.recorder import API_KEY, LIMITS, SECRETS, TOKEN


def test_a_read_sends_exactly_the_four_headers(recorder, client):
    client.get_customer("7c1f", SECRETS)

    assert recorder.requests[0].own_headers == {
        "accept": "application/json",
        "content-type": "application/json",
        "x-api-key": API_KEY,
        "authorization": f"Bearer {TOKEN}",
    }


@pytest.mark.parametrize(
    ("ask", "target"),
    [
        (lambda client: client.get_customer("7c1f", SECRETS), "/v2/org/7c1f/customer"),
        (lambda client: client.get_organization("7c1f", SECRETS), "/v2/org/7c1f"),
        (lambda client: client.verify_session(SECRETS), "/v2/auth/verify"),
        (lambda client: client.sign_out(SECRETS), "/v2/auth/signout"),
    ],
)
def test_every_read_is_a_get_without_a_body(recorder, client, ask, target):
    ask(client)

    request = recorder.requests[0]
    assert (request.method, request.target, request.body) == ("GET", target, b"")
    assert len(request.own_headers) == 4


def test_a_sign_in_sends_no_authorization(recorder, client):
    recorder.body = b'{"sessionToken": "t", "usersId": "u"}'

    client.sign_in("ana", "pässword", API_KEY)

    request = recorder.requests[0]
    assert (request.method, request.target) == ("POST", "/v2/auth/signin")
    assert request.own_headers == {
        "accept": "application/json",
        "content-type": "application/json",
        "x-api-key": API_KEY,
    }
    assert json.loads(request.body) == {"username": "ana", "password": "pässword"}


def test_a_long_session_token_is_kept_whole_and_does_not_show(recorder, client):
    token = "0f3a" * 250
    recorder.body = json.dumps({"sessionToken": token}).encode()

    signed_in = client.sign_in("ana", "password", API_KEY)

    assert signed_in.session_token == token
    assert token not in f"{signed_in} {signed_in!r}"


def test_a_key_and_token_are_sent_trimmed(recorder, client):
    client.get_customer("7c1f", Secrets(f" {API_KEY}\n", f"Bearer {TOKEN} "))

    sent = recorder.requests[0].headers
    assert (sent["x-api-key"], sent["authorization"]) == (API_KEY, f"Bearer {TOKEN}")


@pytest.mark.parametrize(
    ("org_id", "segment"),
    [
        ("a b", "a%20b"),
        ("ü", "%C3%BC"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a%b", "a%25b"),
        ("a;b=c&d+e", "a%3Bb%3Dc%26d%2Be"),
        ("...", "..."),
        ("100%", "100%25"),
    ],
)
def test_an_org_id_is_one_percent_encoded_segment(recorder, client, org_id, segment):
    client.get_customer(org_id, SECRETS)

    assert recorder.requests[0].target == f"/v2/org/{segment}/customer"


def test_a_slash_at_the_end_of_the_base_address_is_not_doubled(recorder):
    client = CatalyzeClient(f"{recorder.url}/behind/", LIMITS)

    client.get_customer("7c1f", SECRETS)
    client.close()

    assert recorder.requests[0].target == "/behind/v2/org/7c1f/customer"


def test_cookies_of_the_upstream_are_never_sent_back(recorder, client):
    recorder.headers = {"Set-Cookie": "session=of-ana; Path=/"}

    client.get_customer("7c1f", SECRETS)
    client.get_customer("7c1f", Secrets(API_KEY, "the token of Ben"))

    assert "cookie" not in recorder.requests[1].headers
    assert recorder.requests[1].headers["authorization"] == "Bearer the token of Ben"


def test_a_netrc_does_not_replace_the_authorization(recorder, client, monkeypatch, tmp_path):
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login stray password stray\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))

    client.get_customer("7c1f", SECRETS)

    assert recorder.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


def test_secrets_of_two_users_stay_apart(sandbox):
    client = CatalyzeClient(sandbox.url, LIMITS)
    bens = sandbox.org_id("Benedict Recovery")
    ben = Secrets(sandbox.api_key, sandbox.sign_in("ben"))

    assert client.get_customer(bens, ben).is_set_up
    with pytest.raises(SessionExpired):
        client.get_customer(bens, Secrets(sandbox.api_key, "nobody's"))
    client.close()
