"""A call ends at its deadline, even if the upstream keeps sending."""

import time

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import Unavailable
from customers.upstream.transport import Limits, Transport
from tests.helpers.upstream.doors import never_accepted

CUSTOMER = {"object": "customer", "id": "cus_1"}
# An answer takes over a second, but each byte far less than the read timeout.
TRICKLES = [("headers", 0.02), ("body", 0.05)]
SHORT, PATIENT = 0.5, 30


@pytest.fixture
def bingo(sandbox):
    org_id = sandbox.org_id("Bingo")
    sandbox.put_customer(org_id, CUSTOMER)
    return org_id


@pytest.fixture
def client_with(sandbox):
    made = []

    def make(deadline, read=PATIENT):
        made.append(CatalyzeClient(sandbox.url, Limits(read=read, deadline=deadline, retries=2)))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.mark.parametrize(("phase", "interval"), TRICKLES)
def test_a_trickling_answer_ends_at_the_deadline(
    sandbox, client_with, secrets, bingo, phase, interval
):
    sandbox.set_fault("trickle", phase=phase, interval=interval)

    with pytest.raises(Unavailable, match="timed_out"):
        client_with(SHORT).get_customer(bingo, secrets)


@pytest.mark.parametrize(("phase", "interval"), TRICKLES)
def test_a_patient_client_gets_that_same_answer(
    sandbox, client_with, secrets, bingo, phase, interval
):
    sandbox.set_fault("trickle", phase=phase, interval=interval)

    assert client_with(PATIENT).get_customer(bingo, secrets).customer.id == "cus_1"


def test_an_answer_whose_next_byte_is_always_there_ends_at_the_deadline(
    sandbox, client_with, secrets, bingo
):
    """No read ever waits, so none is ended by the socket's own timeout."""
    sandbox.put_customer(bingo, CUSTOMER | {"description": "x" * 500_000})
    sandbox.set_fault("trickle", interval=0)

    with pytest.raises(Unavailable, match="timed_out"):
        client_with(0.2).get_customer(bingo, secrets)


@pytest.mark.parametrize("phase", ["headers", "body"])
def test_the_deadline_is_that_of_all_attempts_together(sandbox, client_with, secrets, bingo, phase):
    sandbox.set_fault("trickle", phase=phase, interval=0.02)

    with pytest.raises(Unavailable):
        client_with(SHORT).get_customer(bingo, secrets)

    assert sandbox.counts(bingo)["calls"] == {"customer": {"trickle": 1}}


def test_silence_times_out_and_is_retried(sandbox, client_with, secrets, bingo):
    sandbox.set_fault("timeout", times=1)

    answer = client_with(PATIENT, read=0.3).get_customer(bingo, secrets)

    assert answer.customer.id == "cus_1"


def test_a_trickling_sign_in_ends_at_the_deadline(sandbox, client_with):
    password = sandbox.users()["ana"]["password"]
    sandbox.set_fault("trickle", route="signin", interval=0.02)

    with pytest.raises(Unavailable, match="timed_out"):
        client_with(SHORT).sign_in("ana", password, sandbox.api_key)


@pytest.mark.parametrize("route", ["org", "verify", "signout"])
def test_every_read_has_a_deadline(sandbox, client_with, secrets, bingo, route):
    client = client_with(SHORT)
    ask = {
        "org": lambda: client.get_organization(bingo, secrets),
        "verify": lambda: client.verify_session(secrets),
        "signout": lambda: client.sign_out(secrets),
    }
    sandbox.set_fault("trickle", route=route, phase="headers", interval=0.05)

    with pytest.raises(Unavailable):
        ask[route]()


def test_the_deadline_of_a_call_is_not_that_of_the_next(client_with, secrets, bingo):
    client = client_with(SHORT)
    client.get_customer(bingo, secrets)

    time.sleep(SHORT)

    assert client.get_customer(bingo, secrets).customer.id == "cus_1"


def test_a_pause_within_an_answer_ends_at_the_deadline(sandbox, client_with, secrets, bingo):
    """The headers come late, so less time is left than the read timeout."""
    deadline, late = 2.5, 2.0
    sandbox.set_latency(late)
    sandbox.set_fault("stall", phase="body")
    began = time.monotonic()

    with pytest.raises(Unavailable, match="timed_out"):
        client_with(deadline).get_customer(bingo, secrets)

    assert time.monotonic() - began < deadline + late / 2


def test_connecting_ends_at_the_deadline(secrets):
    with never_accepted() as url:
        client = CatalyzeClient(url, Limits(connect=PATIENT, deadline=SHORT, retries=0))
        began = time.monotonic()

        with pytest.raises(Unavailable, match="timed_out"):
            client.get_customer("one", secrets)
        client.close()

    assert time.monotonic() - began < PATIENT / 2


def test_nothing_is_sent_once_the_deadline_has_passed():
    transport = Transport(Limits(), connections=1)
    request = transport.request("GET", "http://127.0.0.1:9/", {})

    with (
        pytest.raises(Unavailable, match="timed_out"),
        transport.answer_to(request, time.monotonic() - 1),
    ):
        raise AssertionError("there is no answer")
