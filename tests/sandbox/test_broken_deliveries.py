"""The faults: answers that are cut, late, doubled or never end, byte by byte."""

import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

QUIET = 0.3
LONG = 60


def connection_that_asked(sandbox: SandboxProcess, ana: Caller, org_id: str) -> socket.socket:
    """A connection with an unread answer to Get Customer."""
    address = urlsplit(sandbox.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=10)
    ask(connection, sandbox, ana, org_id)
    return connection


def ask(connection: socket.socket, sandbox: SandboxProcess, ana: Caller, org_id: str) -> None:
    """Send Get Customer without reading the answer."""
    headers = {"Host": urlsplit(sandbox.url).netloc, **ana.headers}
    lines = [f"GET /v2/org/{org_id}/customer HTTP/1.1", *(f"{k}: {v}" for k, v in headers.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())


def received_until_quiet(connection: socket.socket) -> bytes:
    """All that arrives until nothing has arrived for a moment."""
    connection.settimeout(QUIET)
    received = b""
    try:
        while data := connection.recv(65536):
            received += data
    except TimeoutError:
        return received
    return received


def test_a_reset_comes_before_any_byte(sandbox, ana, bingo):
    sandbox.set_fault("reset")

    with (
        closing(connection_that_asked(sandbox, ana, bingo)) as connection,
        pytest.raises(ConnectionResetError),
    ):
        connection.recv(1)

    assert sandbox.counts()["calls"]["customer"] == {"reset": 1}


def test_a_reset_midway_comes_after_half_the_body(sandbox, ana, bingo):
    body = ana.customer(bingo).content
    sandbox.set_fault("reset-midway")
    received = bytearray()

    with (
        closing(connection_that_asked(sandbox, ana, bingo)) as connection,
        pytest.raises(ConnectionResetError),
    ):
        receive_all(connection, received)

    assert received.endswith(body[: len(body) // 2])


def test_a_reset_in_the_headers_comes_after_some_of_them(sandbox, ana, bingo):
    sandbox.set_fault("reset-in-headers")
    received = bytearray()

    with (
        closing(connection_that_asked(sandbox, ana, bingo)) as connection,
        pytest.raises(ConnectionResetError),
    ):
        receive_all(connection, received)

    assert received.startswith(b"HTTP/1.1 200 OK")
    assert b"\r\n\r\n" not in received


@pytest.mark.parametrize("phase", ["headers", "body"])
def test_a_stall_sends_a_part_and_then_nothing(sandbox, ana, bingo, phase):
    body = ana.customer(bingo).content
    sandbox.set_fault("stall", phase=phase)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        head, end, sent = received_until_quiet(connection).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 OK")
    assert bool(end) is (phase == "body")
    assert sent == (body[: len(body) // 2] if phase == "body" else b"")


@pytest.mark.parametrize("by", [-10, 10])
def test_a_wrong_length_is_that_much_off(sandbox, ana, bingo, by):
    body = ana.customer(bingo).content
    sandbox.set_fault("wrong-length", by=by)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        head, _, sent = received_until_quiet(connection).partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body) + by}".encode() in head
    assert sent == body


def test_a_second_answer_follows_the_right_one_unasked(sandbox, ana, bingo):
    body = ana.customer(bingo).content
    sandbox.set_fault("second-answer", body="another")

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        received = received_until_quiet(connection)

    assert body in received
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert received.endswith(b"another")


def test_informational_answers_come_before_the_right_one(sandbox, ana, bingo):
    body = ana.customer(bingo).content
    sandbox.set_fault("informational", status=102, count=2, seconds=0.01)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        received = received_until_quiet(connection)

    statuses = [line for line in received.split(b"\r\n") if line.startswith(b"HTTP/1.1")]
    assert statuses == [b"HTTP/1.1 102 ", b"HTTP/1.1 102 ", b"HTTP/1.1 200 OK"]
    assert received.endswith(body)


def test_a_connection_outlasts_informational_answers(sandbox, ana, bingo):
    sandbox.set_fault("informational", seconds=0, times=1)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        first = received_until_quiet(connection)
        ask(connection, sandbox, ana, bingo)
        second = received_until_quiet(connection)

    assert first.startswith(b"HTTP/1.1 103 ")
    assert second.startswith(b"HTTP/1.1 200 OK")


def test_a_bad_chunk_has_a_size_that_is_no_number(sandbox, ana, bingo):
    sandbox.set_fault("bad-chunk")

    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        ana.customer(bingo)


@pytest.mark.parametrize(
    ("kind", "line"),
    [("endless-headers", b"X-Padding: "), ("endless-continue", b"HTTP/1.1 100 Continue\r\n")],
)
def test_what_is_endless_repeats_until_the_client_leaves(sandbox, ana, bingo, kind, line):
    sandbox.set_fault(kind, times=1)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        received = b""
        while received.count(line) < 20:
            received += connection.recv(65536)

    assert b"customer" not in received
    assert ana.customer(bingo).status_code == 200


def test_a_truncated_answer_promises_more_than_it_sends(sandbox, ana, bingo):
    body = ana.customer(bingo).content
    sandbox.set_fault("truncated")

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        head, _, sent = received_until_quiet(connection).partition(b"\r\n\r\n")

    assert f"Content-Length: {len(body)}".encode() in head
    assert sent == body[: len(body) // 2]


def test_a_time_out_sends_nothing(sandbox, ana, bingo):
    sandbox.set_fault("timeout")

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        assert received_until_quiet(connection) == b""

    assert sandbox.counts()["calls"]["customer"] == {"timeout": 1}


def test_a_time_out_ends_in_a_closed_connection(sandbox, ana, bingo):
    sandbox.set_fault("timeout", seconds=0)

    with pytest.raises(requests.ConnectionError):
        ana.customer(bingo)


def test_a_trickle_of_headers_starts_with_one_byte(sandbox, ana, bingo):
    sandbox.set_fault("trickle", phase="headers", interval=LONG)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        assert received_until_quiet(connection) == b"H"


def test_a_trickle_of_the_body_starts_with_one_byte_after_the_headers(sandbox, ana, bingo):
    sandbox.set_fault("trickle", interval=LONG)

    with closing(connection_that_asked(sandbox, ana, bingo)) as connection:
        head, _, body = received_until_quiet(connection).partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 200 OK")
    assert body == b"{"


@pytest.mark.parametrize("phase", ["headers", "body"])
def test_a_patient_client_gets_the_whole_trickle(sandbox, ana, bingo, phase):
    expected = ana.customer(bingo).content
    sandbox.set_fault("trickle", phase=phase, interval=0)

    assert ana.customer(bingo).content == expected


def receive_all(connection, received):
    while data := connection.recv(65536):
        received += data
