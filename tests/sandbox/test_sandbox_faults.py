"""Every kind of fault, and which calls it hits."""

import socket
from contextlib import closing
from urllib.parse import urlsplit

import pytest
import requests

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

KINDS_WITHOUT_PARAMETERS = {
    "429": 429,
    "500": 500,
    "502": 502,
    "503": 503,
    "504": 504,
    "204": 204,
    "not-json": 200,
    "html-400": 400,
    "deep": 200,
    "redirect": 302,
    "rate-limit-400": 400,
    "malformed-400": 400,
    "wrong-object": 200,
    "empty": 200,
    "error-shape": 500,
    "status": 500,
}
QUIET = 0.3
LONG = 60


@pytest.fixture
def bingo(sandbox: SandboxProcess) -> str:
    return sandbox.org_id("Bingo")


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


@pytest.mark.parametrize(("kind", "status"), KINDS_WITHOUT_PARAMETERS.items())
def test_each_wrong_answer_has_its_status_and_is_counted(sandbox, ana, bingo, kind, status):
    sandbox.set_fault(kind)

    answer = ana.customer(bingo)

    assert answer.status_code == status
    counts = sandbox.counts()
    assert counts["calls"]["customer"] == {str(status): 1}
    assert counts["faults"] == {kind: 1}


def test_a_429_says_when_to_come_back(sandbox, ana, bingo):
    sandbox.set_fault("429")
    assert ana.customer(bingo).headers["Retry-After"] == "1"

    sandbox.set_fault("429", retry_after=120)
    assert ana.customer(bingo).headers["Retry-After"] == "120"


def test_a_503_has_a_retry_after_only_if_configured(sandbox, ana, bingo):
    sandbox.set_fault("503")
    assert "Retry-After" not in ana.customer(bingo).headers

    sandbox.set_fault("503", retry_after="Wed, 21 Oct 2015 07:28:00 GMT")
    assert ana.customer(bingo).headers["Retry-After"] == "Wed, 21 Oct 2015 07:28:00 GMT"


@pytest.mark.parametrize("kind", ["not-json", "html-400", "502", "504"])
def test_a_page_of_a_relay_is_html(sandbox, ana, bingo, kind):
    sandbox.set_fault(kind)

    answer = ana.customer(bingo)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "nginx" in answer.text


@pytest.mark.parametrize("kind", ["204", "empty"])
def test_an_answer_without_a_body(sandbox, ana, bingo, kind):
    sandbox.set_fault(kind)

    assert ana.customer(bingo).content == b""


def test_a_deep_answer_has_the_given_depth(sandbox, ana, bingo):
    sandbox.set_fault("deep", depth=5)

    assert ana.customer(bingo).json() == {"object": "customer", "metadata": [[[[[]]]]]}


def test_a_redirect_leads_to_the_given_url(sandbox, ana, bingo):
    sandbox.set_fault("redirect")
    assert ana.customer(bingo).headers["Location"] == "http://127.0.0.1:9/"

    sandbox.set_fault("redirect", location="https://elsewhere.invalid/x")
    assert ana.customer(bingo).headers["Location"] == "https://elsewhere.invalid/x"


def test_the_old_rate_limit_is_a_400_that_says_so(sandbox, ana, bingo):
    sandbox.set_fault("rate-limit-400")

    error = ana.customer(bingo).json()["error"]

    assert (error["type"], error["code"]) == ("invalid_request_error", "rate_limit")


def test_a_malformed_request_is_a_400_that_says_so(sandbox, ana, bingo):
    sandbox.set_fault("malformed-400")

    assert "malformed" in ana.customer(bingo).json()["errors"][0]["message"]


def test_a_wrong_object_is_a_list(sandbox, ana, bingo):
    sandbox.set_fault("wrong-object")

    assert ana.customer(bingo).json()["object"] == "list"


@pytest.mark.parametrize("status", [400, 403, 500])
def test_every_shape_of_an_error_body(sandbox, ana, bingo, status):
    def body_of(shape: str) -> requests.Response:
        sandbox.set_fault("error-shape", shape=shape, status=status)
        answer = ana.customer(bingo)
        assert answer.status_code == status
        return answer

    assert body_of("message").json()["errors"][0].keys() == {"message", "code"}
    assert body_of("title").json()["errors"][0].keys() == {"title", "description"}
    assert body_of("top-level").json().keys() == {"title", "description"}
    assert body_of("empty-list").json() == {"errors": []}
    assert body_of("text").headers["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("status", [200, 201, 401, 402, 404, 418, 599])
def test_any_status_with_any_body(sandbox, ana, bingo, status):
    sandbox.set_fault("status", status=status, body="any\ttext ☃")

    answer = ana.customer(bingo)

    assert answer.status_code == status
    assert answer.content == "any\ttext ☃".encode()


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


def test_a_bomb_is_small_on_the_wire_and_large_when_unpacked(sandbox, ana, bingo):
    sandbox.set_fault("bomb", mib=4)

    answer = ana.customer(bingo)

    assert int(answer.headers["Content-Length"]) < 100_000
    assert len(answer.json()["description"]) == 4 * 1024 * 1024


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


def test_a_huge_answer_is_chunked_and_has_the_given_size(sandbox, ana, bingo):
    sandbox.set_fault("huge", mib=2)

    answer = ana.customer(bingo)

    assert "Content-Length" not in answer.headers
    assert len(answer.json()["description"]) == 2 * 1024 * 1024


def test_an_endless_answer_lasts_until_the_client_leaves(sandbox, ana, bingo):
    sandbox.set_fault("huge", endless=True, times=1)
    answer = ana.customer(bingo, stream=True)
    pieces = answer.iter_content(1024 * 1024)

    assert all(next(pieces) for _ in range(70))
    answer.close()

    assert ana.customer(bingo).status_code == 200


def test_a_broken_delivery_still_needs_a_session(sandbox, ana, bingo):
    sandbox.set_fault("trickle", interval=0)

    assert ana.customer(bingo, headers={}).status_code == 401


def test_a_fault_may_be_for_the_next_calls_only(sandbox, ana, bingo):
    sandbox.set_fault("500", times=2)

    statuses = [ana.customer(bingo).status_code for _ in range(4)]

    assert statuses == [500, 500, 200, 200]


def test_a_fault_may_be_for_one_org_only(sandbox, ana, bingo):
    sandbox.set_fault("500", org=bingo)

    assert ana.customer(bingo).status_code == 500
    assert ana.customer(sandbox.org_id("Cedar Valley Health")).status_code == 200


@pytest.mark.parametrize(
    ("route", "path"), [("org", "org/x"), ("verify", "auth/verify"), ("signout", "auth/signout")]
)
def test_a_fault_may_be_for_another_route(sandbox, ana, bingo, route, path):
    sandbox.set_fault("503", route=route)

    assert ana.get(path).status_code == 503
    assert ana.customer(bingo).status_code == 200


def test_a_failed_sign_in_makes_no_session_and_a_failed_sign_out_ends_none(sandbox, ana):
    sandbox.set_faults({"kind": "500", "route": "signin"}, {"kind": "500", "route": "signout"})

    with pytest.raises(requests.HTTPError):
        sandbox.sign_in("ana")
    ana.get("auth/signout")

    assert ana.get("auth/verify").status_code == 200


def test_a_share_of_the_calls_meets_a_fault_the_same_ones_every_time(sandbox, ana, bingo):
    def statuses() -> list[int]:
        sandbox.set_fault("500", share=0.3)
        return [ana.customer(bingo).status_code for _ in range(60)]

    first, second = statuses(), statuses()

    assert first == second
    assert set(first) == {200, 500}


def test_the_first_fault_that_matches_is_met(sandbox, ana, bingo):
    sandbox.set_faults({"kind": "502", "times": 1}, {"kind": "504"})

    assert [ana.customer(bingo).status_code for _ in range(3)] == [502, 504, 504]


def test_faults_can_be_cleared_and_listed(sandbox, ana, bingo):
    sandbox.set_fault("429", times=3)
    ana.customer(bingo)
    assert sandbox.control("GET", "faults").json() == [
        {"kind": "429", "share": 1.0, "times": 2, "route": "customer", "retry_after": 1}
    ]

    sandbox.clear_faults()

    assert sandbox.control("GET", "faults").json() == []
    assert ana.customer(bingo).status_code == 200


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"kind": "nonsense"}, "There is no fault"),
        ({"share": 1}, '"kind"'),
        ("503", '"kind"'),
        ({"kind": ["503"]}, "There is no fault"),
        ({"kind": "503", "share": 2}, '"share"'),
        ({"kind": "503", "share": True}, '"share"'),
        ({"kind": "503", "times": -1}, '"times"'),
        ({"kind": "503", "org": 5}, '"org"'),
        ({"kind": "503", "route": "cards"}, '"route"'),
        ({"kind": "500", "retry_after": 1}, "knows no"),
        ({"kind": "503", "retry_after": "1\r\nX: y"}, '"retry_after"'),
        ({"kind": "redirect", "location": "x\r\nSet-Cookie: y"}, '"location"'),
        ({"kind": "trickle", "phase": "tail"}, '"phase"'),
        ({"kind": "trickle", "interval": "slow"}, '"interval"'),
        ({"kind": "huge", "mib": 0.5}, '"mib"'),
        ({"kind": "huge", "endless": "yes"}, '"endless"'),
        ({"kind": "deep", "depth": 0}, '"depth"'),
        ({"kind": "error-shape", "shape": "round"}, '"shape"'),
        ({"kind": "status", "status": 99}, '"status"'),
        ({"kind": "status", "body": {}}, '"body"'),
    ],
)
def test_a_fault_that_cannot_be_is_refused_with_a_sentence(sandbox, fault, sentence):
    with pytest.raises(ValueError, match=sentence):
        sandbox.control("PUT", "faults", json=[fault])

    assert sandbox.control("GET", "faults").json() == []


def receive_all(connection, received):
    while data := connection.recv(65536):
        received += data
