"""Limits on answers: their size, and no redirects to other hosts."""

from contextlib import suppress

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import InvalidAnswer, NoAnswer, Unavailable
from customers.upstream.transport import MAX_BODY, Limits
from tests.helpers.sandbox_process import SandboxProcess
from tests.helpers.upstream.wire import chunked, wire

START = b'{"object": "customer", "id": "cus_1", "description": "'
LIMITS = Limits(connect=1, read=2, deadline=5, retries=0)


@pytest.fixture
def client(sandbox):
    client = CatalyzeClient(sandbox.url, LIMITS)
    yield client
    client.close()


def customer_of(size):
    end = b'"}'
    return START + b"x" * (size - len(START) - len(end)) + end


def test_one_byte_too_many_is_refused(sandbox, client, secrets, bingo):
    sandbox.put_customer(bingo, customer_of(MAX_BODY + 1))

    with pytest.raises(InvalidAnswer, match="answer_too_large size=2"):
        client.get_customer(bingo, secrets)


def test_an_endless_answer_is_left_alone(sandbox, client, secrets, bingo):
    sandbox.set_fault("huge", endless=True, times=1)

    with pytest.raises(InvalidAnswer, match="answer_too_large size=2"):
        client.get_customer(bingo, secrets)

    assert client.get_customer(bingo, secrets).customer.id


def test_a_chunk_that_says_to_read_to_the_end_is_not_read(secrets):
    """Its size is -1, and its content never ends."""
    sent = [chunked(b"", size="-1"), *[b" " * MAX_BODY] * 50]

    with wire(lambda _: sent) as server:
        client = CatalyzeClient(server.url, LIMITS)
        with pytest.raises(Unavailable, match="not_valid_http"):
            client.get_customer("one", secrets)
        client.close()


def test_a_body_of_exactly_the_bound_is_read(sandbox, client, secrets, bingo):
    sandbox.put_customer(bingo, customer_of(MAX_BODY))

    answer = client.get_customer(bingo, secrets)

    assert answer.customer.id == "cus_1"
    assert len(answer.body) == MAX_BODY


@pytest.mark.parametrize("depth", [300, 500, 700, 900, 990, 5000])
def test_a_deep_refusal_is_read_without_falling_over(sandbox, client, secrets, bingo, depth):
    body = '{"error":' * depth + '{"message":"x"}' + "}" * depth
    sandbox.set_fault("status", status=400, body=body)

    assert not client.get_customer(bingo, secrets).is_set_up


def test_a_redirect_is_never_followed(sandbox, client, secrets, bingo):
    with SandboxProcess("--organizations", "1") as elsewhere:
        sandbox.set_fault("redirect", location=f"{elsewhere.url}/v2/org/{bingo}/customer")

        with pytest.raises(InvalidAnswer, match="302"):
            client.get_customer(bingo, secrets)

        assert elsewhere.counts()["total"] == 0


def test_a_redirect_within_the_upstream_is_not_followed_either(sandbox, client, secrets, bingo):
    sandbox.set_fault("redirect", location=f"{sandbox.url}/v2/auth/verify")

    with pytest.raises(InvalidAnswer):
        client.get_customer(bingo, secrets)

    assert "verify" not in sandbox.counts()["calls"]


def test_a_redirect_of_a_sign_in_takes_the_password_nowhere(sandbox, client):
    sandbox.set_fault("redirect", route="signin", location=f"{sandbox.url}/v2/auth/signin")

    with pytest.raises(InvalidAnswer):
        client.sign_in("ana", "password", sandbox.api_key)

    assert sandbox.counts()["calls"]["signin"] == {"302": 1}


def test_an_upstream_that_does_not_listen_is_unavailable(secrets, bingo):
    client = CatalyzeClient("http://127.0.0.1:9", LIMITS)

    with pytest.raises(Unavailable, match="not_reached"):
        client.get_customer(bingo, secrets)


def test_an_upstream_without_tls_behind_https_is_unavailable(sandbox, secrets, bingo):
    client = CatalyzeClient(sandbox.url.replace("http:", "https:"), LIMITS)

    with pytest.raises(Unavailable):
        client.get_customer(bingo, secrets)
    client.close()

    assert "customer" not in sandbox.counts()["calls"]


@pytest.mark.parametrize(
    "url",
    [
        "http://api.catalyze.io",
        "http://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://127.0.0.1@example.com",
        "http://[2001:db8::1]",
        "ftp://example.com",
        "example.com",
        "",
    ],
)
def test_plain_http_to_another_machine_is_refused(url):
    with pytest.raises(ValueError, match="https"):
        CatalyzeClient(url)


@pytest.mark.parametrize(
    "url",
    ["https://api.catalyze.io", "HTTPS://api.catalyze.io", "http://localhost:1", "http://[::1]:1"]
    + ["http://127.0.0.1:1", "http://127.9.9.9:1"],
)
def test_https_and_this_machine_are_possible(url):
    CatalyzeClient(url).close()


def test_one_bad_call_leaves_the_client_usable(sandbox, client, secrets, bingo):
    for kind in ("reset-midway", "truncated", "huge", "not-json", "500", "timeout"):
        sandbox.set_fault(kind, times=1)
        with pytest.raises(NoAnswer):
            client.get_customer(bingo, secrets)

    assert client.get_customer(bingo, secrets).customer.payment_method.last4 == "4242"


def test_an_unasked_second_answer_is_not_taken_for_the_next(sandbox, client, secrets, bingo):
    expected = client.get_customer(bingo, secrets).customer.id
    sandbox.set_fault("second-answer", body='{"object": "customer", "id": "intruder"}', times=1)

    ids = set()
    for _ in range(3):
        with suppress(Unavailable):
            ids.add(client.get_customer(bingo, secrets).customer.id)

    assert ids == {expected}
