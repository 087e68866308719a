"""When a connection is kept for the next call, and what a late or early answer may not do on it."""

import threading

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.transport import Limits
from tests.helpers.upstream.two_answers import (
    EARLY_HINTS,
    OWN,
    PATIENT,
    SECRETS,
    STRANGER,
    found,
)
from tests.helpers.upstream.wire import PATIENCE, answer, body_of, wire


def test_an_answer_before_the_request_is_not_read():
    """The upstream sends a second answer, unasked, after the first."""
    is_read = threading.Event()

    def sent(org_id):
        yield answer(body_of(org_id))
        if org_id == "one" and is_read.wait(PATIENCE):
            yield STRANGER

    with wire(sent) as server:
        client = CatalyzeClient(server.url, PATIENT)
        first = client.get_customer("one", SECRETS).customer.id
        is_read.set()
        server.wait_until_answered("one")
        second = client.get_customer("two", SECRETS).customer.id
        client.close()

    assert (first, second) == ("cus_one", "cus_two")
    assert [asked.connection for asked in server.asked] == [0, 1]


def test_a_retry_does_not_use_the_connection_of_the_first_attempt():
    answers = iter([[answer(OWN) + STRANGER], [answer(OWN)]])

    with wire(lambda _: next(answers)) as server:
        client = CatalyzeClient(server.url, Limits(connect=10, read=10, deadline=20, retries=1))
        customer = client.get_customer("one", SECRETS).customer
        client.close()

    assert customer.id == "cus_one"
    assert [asked.connection for asked in server.asked] == [0, 1]


@pytest.mark.parametrize("sent", [[answer(OWN) * 2], [EARLY_HINTS, answer(OWN)], [answer(OWN)]])
def test_without_keep_alive_each_call_has_a_connection_of_its_own(sent):
    with wire(lambda _: sent) as server:
        client = CatalyzeClient(server.url, PATIENT, keep_alive=False)
        for _ in range(3):
            found(client, "one")
        client.close()

        assert all(server.is_left(connection) for connection in range(3))
    assert [asked.connection for asked in server.asked] == [0, 1, 2]
    assert all(b"\r\nConnection: close\r\n" in head for head in server.heads)


def test_with_keep_alive_nothing_is_said_of_closing():
    with wire(lambda _: [answer(OWN)]) as server:
        client = CatalyzeClient(server.url, PATIENT)
        found(client, "one")
        client.close()

    assert b"onnection: close" not in server.heads[0]
