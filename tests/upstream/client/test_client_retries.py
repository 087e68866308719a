"""Retries: when, how often, and after which pause."""

import time

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import NoAnswer, SessionExpired, Unavailable
from customers.upstream.transport import Limits

PASSING = [
    ("429", {"retry_after": 0}),
    ("502", {}),
    ("503", {}),
    ("504", {}),
    ("rate-limit-400", {}),
    ("reset", {}),
    ("reset-midway", {}),
    ("truncated", {}),
    ("timeout", {}),
    ("trickle", {"interval": 5}),
]
FINAL = ["500", "204", "not-json", "html-400", "malformed-400", "redirect", "wrong-object", "empty"]
LIMITS = Limits(connect=1, read=0.3, deadline=8, retries=2, longest_pause=5)


@pytest.fixture
def pauses(monkeypatch):
    """Records the pauses instead of sleeping."""
    made = []
    monkeypatch.setattr(time, "sleep", made.append)
    return made


@pytest.fixture
def client(sandbox):
    client = CatalyzeClient(sandbox.url, LIMITS)
    yield client
    client.close()


def calls(sandbox, route="customer"):
    return sum(sandbox.counts()["calls"].get(route, {}).values())


@pytest.mark.parametrize("kind", FINAL)
def test_what_asking_again_would_not_help_is_asked_once(
    sandbox, client, secrets, bingo, kind, pauses
):
    sandbox.set_fault(kind)

    with pytest.raises(NoAnswer):
        client.get_customer(bingo, secrets)

    assert calls(sandbox) == 1


def test_an_ended_session_is_asked_once(sandbox, client, secrets, bingo, pauses):
    sandbox.expire_sessions()

    with pytest.raises(SessionExpired):
        client.get_customer(bingo, secrets)

    assert calls(sandbox) == 1


@pytest.mark.parametrize("retries", [0, 1, 3])
def test_retries_are_bounded(sandbox, secrets, bingo, retries, pauses):
    sandbox.set_fault("503")
    client = CatalyzeClient(sandbox.url, Limits(retries=retries))

    with pytest.raises(Unavailable):
        client.get_customer(bingo, secrets)
    client.close()

    assert calls(sandbox) == retries + 1
    assert len(pauses) == retries


@pytest.mark.parametrize(("kind", "parameters"), PASSING)
def test_a_passing_fault_is_asked_again(sandbox, client, secrets, bingo, kind, parameters, pauses):
    sandbox.set_fault(kind, times=1, **parameters)

    answer = client.get_customer(bingo, secrets)

    assert answer.customer.payment_method.last4 == "4242"
    assert calls(sandbox) == 2


@pytest.mark.parametrize("route", ["org", "verify", "signout"])
def test_every_read_is_asked_again(sandbox, client, secrets, bingo, route, pauses):
    ask = {
        "org": lambda: client.get_organization(bingo, secrets),
        "verify": lambda: client.verify_session(secrets),
        "signout": lambda: client.sign_out(secrets),
    }
    sandbox.set_fault("503", route=route, times=1)

    ask[route]()

    assert calls(sandbox, route) == 2


@pytest.mark.parametrize(
    "kind", ["429", "503", "reset", "timeout", "truncated", "500", "rate-limit-400"]
)
def test_a_sign_in_is_sent_once(sandbox, client, kind, pauses):
    sandbox.users()
    sandbox.set_fault(kind, route="signin", times=1)

    with pytest.raises(NoAnswer):
        client.sign_in("ana", sandbox.users()["ana"]["password"], sandbox.api_key)

    assert calls(sandbox, "signin") == 1


@pytest.mark.parametrize("kind", ["429", "503"])
def test_the_pause_that_was_asked_for_is_made(sandbox, client, secrets, bingo, kind, pauses):
    sandbox.set_fault(kind, times=1, retry_after=3)

    client.get_customer(bingo, secrets)

    assert 3 <= pauses[0] < 4


@pytest.mark.parametrize("asked_for", [6, 3600, "9" * 400])
def test_a_pause_over_the_cap_ends_the_call_at_once(
    sandbox, client, secrets, bingo, asked_for, pauses
):
    sandbox.set_fault("429", times=1, retry_after=asked_for)

    with pytest.raises(Unavailable) as raised:
        client.get_customer(bingo, secrets)

    assert raised.value.retry_after == float(asked_for)
    assert calls(sandbox) == 1
    assert pauses == []


def test_a_pause_past_the_deadline_ends_the_call_at_once(sandbox, secrets, bingo, pauses):
    sandbox.set_fault("429", times=1, retry_after=4)
    client = CatalyzeClient(sandbox.url, Limits(deadline=3, longest_pause=60))

    with pytest.raises(Unavailable):
        client.get_customer(bingo, secrets)
    client.close()

    assert calls(sandbox) == 1
    assert pauses == []


@pytest.mark.parametrize("text", ["Wed, 21 Oct 2015 07:28:00 GMT", "-5", "1e9", "soon", "", "²"])
def test_a_pause_that_is_no_number_of_seconds_is_our_own(
    sandbox, client, secrets, bingo, text, pauses
):
    sandbox.set_fault("503", times=1, retry_after=text)

    client.get_customer(bingo, secrets)

    assert calls(sandbox) == 2
    assert 0 < pauses[0] < 1


def test_pauses_of_our_own_grow_and_differ(sandbox, secrets, bingo, pauses):
    sandbox.set_fault("503")
    client = CatalyzeClient(sandbox.url, Limits(retries=4))

    for _ in range(2):
        with pytest.raises(Unavailable):
            client.get_customer(bingo, secrets)
    client.close()

    first, second = pauses[:4], pauses[4:]
    assert first == sorted(first)
    assert first != second
