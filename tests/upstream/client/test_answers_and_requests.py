"""An answer belongs to its request; a connection with any doubt about that is not reused."""

from collections.abc import Iterable
from typing import NamedTuple

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import InvalidAnswer, Unavailable
from tests.helpers.upstream.two_answers import (
    EARLY_HINTS,
    IMPATIENT,
    OWN,
    PATIENT,
    SECRETS,
    STRANGER,
    found,
    found_at_last,
)
from tests.helpers.upstream.wire import CUT, answer, beside, body_of, chunked, wire, with_headers

LONG = 60  # seconds; nobody waits that long
PROCESSING = b"HTTP/1.1 102 Processing\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Case(NamedTuple):
    name: str
    sent: Iterable[bytes | float | None]


INFORMED = [
    Case("early hints, and the answer later", [EARLY_HINTS, 0.3, answer(OWN)]),
    Case("early hints without a pause", [EARLY_HINTS + answer(OWN)]),
    Case("processing, and the answer later", [PROCESSING, 0.3, answer(OWN)]),
    Case("continue", [CONTINUE, 0.1, answer(OWN)]),
    Case("a number that nobody knows", [b"HTTP/1.1 199 \r\n\r\n" + answer(OWN)]),
    Case("without a reason", [b"HTTP/1.1 103\r\n\r\n" + answer(OWN)]),
    Case("several kinds in a row", [CONTINUE + PROCESSING, 0.1, EARLY_HINTS * 3, answer(OWN)]),
    Case("one for each tenth of a second", [PROCESSING, 0.1] * 3 + [answer(OWN)]),
    Case("with a length of its own", [b"HTTP/1.1 103 \r\nContent-Length: 9\r\n\r\n", answer(OWN)]),
    Case("cut into bytes", [bytes([byte]) for byte in EARLY_HINTS + answer(OWN)]),
    Case("before chunks", [EARLY_HINTS, chunked(OWN)]),
]
DOUBTFUL = [
    Case("an answer and a stranger's at once", [answer(OWN) + STRANGER]),
    Case("a stranger's, and then the answer", [STRANGER + answer(OWN)]),
    Case("the same answer twice", [answer(OWN) * 2]),
    Case("early hints, and two answers", [EARLY_HINTS + answer(OWN) + STRANGER]),
    Case("a body longer than its length", [answer(OWN, length=-3)]),
    Case("a body with one byte more", [answer(OWN, length=-1)]),
    Case("a line break behind the body", [answer(OWN) + b"\r\n"]),
    Case("a large body, and a stranger's answer", [answer(OWN + b" " * 100_000) + STRANGER]),
    Case("a body shorter than its length, and the end", [answer(OWN, length=5), CUT]),
    Case("no content with a body", [answer(OWN, status="HTTP/1.1 204 No Content")]),
    Case("not modified with a body", [answer(OWN, status="HTTP/1.1 304 Not Modified")]),
    Case("no content, and a stranger's", [b"HTTP/1.1 204 No Content\r\n\r\n" + STRANGER]),
    Case("chunks with bytes behind them", [chunked(OWN) + b"x"]),
    Case("chunks, and a stranger's answer", [chunked(OWN) + STRANGER]),
    Case("a chunk without a size", [chunked(OWN, size=" ")]),
    Case("a chunk whose size is no number", [chunked(OWN, size="xyz")]),
    Case("a chunk longer than its size", [chunked(OWN, size="9")]),
    Case("a chunk of negative size", [chunked(OWN, size="-5")]),
    Case("a chunk that says to read to the end", [chunked(OWN, size="-1"), CUT]),
    Case("chunks that break off", [chunked(OWN, end=b""), CUT]),
    Case("two lengths", [answer(OWN, "Content-Length: 3")]),
    Case("two lengths, the longer first", [answer(OWN, f"Content-Length: {len(OWN) + 9}")]),
    Case("the same length twice", [answer(OWN, f"Content-Length: {len(OWN)}")]),
    Case("two lengths in one", [with_headers(OWN, f"Content-Length: {len(OWN)}, 3"), CUT]),
    Case("a length in words", [with_headers(OWN, "Content-Length: many"), CUT]),
    Case("a negative length", [with_headers(OWN, "Content-Length: -5"), CUT]),
    Case("a length with a sign", [with_headers(OWN, f"Content-Length: +{len(OWN)}"), CUT]),
    Case("chunks and a length", [beside(chunked(OWN), f"Content-Length: {len(OWN)}")]),
    Case("chunks and another length", [beside(chunked(OWN), "Content-Length: 3")]),
    Case("chunks said twice", [beside(chunked(OWN), "Transfer-Encoding: chunked")]),
    Case("chunks and another coding", [beside(chunked(OWN), "Transfer-Encoding: identity")]),
    Case("chunks of chunks", [chunked(OWN).replace(b": chunked", b": chunked, chunked", 1)]),
    Case("packed chunks", [chunked(OWN).replace(b": chunked", b": gzip, chunked", 1)]),
    Case("an unknown coding", [with_headers(OWN, "Transfer-Encoding: identity"), CUT]),
    Case("chunks in HTTP/1.0", [chunked(OWN).replace(b"HTTP/1.1", b"HTTP/1.0", 1)]),
    Case("a header without a colon", [answer(OWN, "Server")]),
    Case("a hundred informational answers", [EARLY_HINTS * 100 + answer(OWN)]),
    Case("informational headers without end", [EARLY_HINTS[:-2] + b"Link: x\r\n" * 200]),
    Case("another protocol", [with_headers(OWN, status="SIP/2.0 200 OK")]),
    Case("another version", [answer(OWN, status="HTTP/2 200 OK")]),
    Case("no protocol", [OWN + b"\r\n"]),
    Case("a status of two digits", [answer(OWN, status="HTTP/1.1 20 OK")]),
    Case("a status of four digits", [answer(OWN, status="HTTP/1.1 2000 OK")]),
    Case("a status with a sign", [answer(OWN, status="HTTP/1.1 +200 OK")]),
    Case("a status in words", [answer(OWN, status="HTTP/1.1 OK OK")]),
    Case("an empty line before the status", [b"\r\n" + answer(OWN)]),
]
UNFINISHED = [
    Case("a body shorter than its length", [answer(OWN, length=5)]),
    Case("a length without a body", [answer(b"", length=len(OWN))]),
    Case("a chunk shorter than its size", [chunked(OWN, size="fff")]),
    Case("chunks without an end", [chunked(OWN, end=b"")]),
    Case("informational answers and no other", [EARLY_HINTS * 3]),
    Case("silence", [LONG, answer(OWN)]),
    Case("a body that comes too late", [answer(OWN)[:-5], LONG, answer(OWN)[-5:]]),
]
INVALID = [
    Case("switching protocols", [b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"]),
    Case("protocols switched to a stranger's answer", [b"HTTP/1.1 101 \r\n\r\n", 0.1, STRANGER]),
    Case("no content", [b"HTTP/1.1 204 No Content\r\n\r\n"]),
    Case("a redirect", [answer(b"", "Location: /v2/org/x/customer", status="HTTP/1.1 302 ")]),
    Case("not modified", [b"HTTP/1.1 304 Not Modified\r\n\r\n"]),
    Case("a part", [answer(OWN, status="HTTP/1.1 206 Partial Content")]),
    Case("a page", [answer(b"<html>Welcome</html>")]),
    Case("another object", [answer(b'{"object": "list"}')]),
    Case("nothing", [answer(b"")]),
]
USUAL = [
    Case("an answer", [answer(OWN)]),
    Case("an answer in two parts", [answer(OWN)[:30], 0.1, answer(OWN)[30:]]),
    Case("a large answer", [answer(OWN + b" " * 100_000)]),
    Case("chunks", [chunked(OWN)]),
    Case("chunks with an extension", [chunked(OWN, end=b"0;a=b\r\n\r\n")]),
    Case("chunks with a trailer", [chunked(OWN, end=b"0\r\nA: b\r\n\r\n")]),
    Case("headers twice", [answer(OWN, "Set-Cookie: a", "Set-Cookie: b", "Via: c", "Via: c")]),
    Case("a folded header", [answer(OWN, "Server: a\r\n b")]),
    Case("HTTP/1.0 that stays", [answer(OWN, "Connection: keep-alive", status="HTTP/1.0 200 OK")]),
    Case("no reason", [answer(OWN, status="HTTP/1.1 200")]),
    Case("letters beyond ASCII", [answer(OWN, "Server: ÿé", status="HTTP/1.1 200 Schön")]),
    Case("bare line feeds", [b"HTTP/1.1 200 OK\nContent-Length: 39\n\n" + OWN]),
]
LAST = [
    Case("an answer that closes", [answer(OWN, "Connection: close")]),
    Case("HTTP/1.0", [answer(OWN, status="HTTP/1.0 200 OK")]),
    Case("no length", [with_headers(OWN, "Server: a"), CUT]),
]


def of(cases):
    return pytest.mark.parametrize("case", cases, ids=[case.name for case in cases])


class Two(NamedTuple):
    first: str | None
    second: str | None
    connections: tuple[int, int]
    is_left: bool


def ask_for_two(case):
    """`one` is answered as the case says, and `two` correctly."""
    with wire(lambda org_id: case.sent if org_id == "one" else [answer(body_of(org_id))]) as server:
        client = CatalyzeClient(server.url, PATIENT)
        first, second = found(client, "one"), found(client, "two")
        is_left = server.connections > 1 and server.is_left(0)
        client.close()
    return Two(first, second, tuple(asked.connection for asked in server.asked), is_left)


@of(INFORMED)
def test_the_final_answer_is_read_and_its_connection_left(case):
    assert ask_for_two(case) == Two("cus_one", "cus_two", (0, 1), is_left=True)


@of(DOUBTFUL)
def test_an_answer_that_leaves_a_doubt_is_thrown_away_with_its_connection(case):
    assert ask_for_two(case) == Two(None, "cus_two", (0, 1), is_left=True)


@of(UNFINISHED)
def test_an_answer_that_does_not_end_in_time_ends_its_connection(case):
    with wire(lambda org_id: case.sent if org_id == "one" else [answer(body_of(org_id))]) as server:
        client = CatalyzeClient(server.url, IMPATIENT)

        assert found(client, "one") is None
        assert found_at_last(client, "two") == "cus_two"
        client.close()

    first, *others = [asked.connection for asked in server.asked]
    assert first == 0
    assert 0 not in others


@of(INVALID)
def test_what_says_nothing_of_an_organization_ends_its_connection(case):
    assert ask_for_two(case) == Two(None, "cus_two", (0, 1), is_left=True)


@of(USUAL)
def test_a_usual_answer_leaves_its_connection_to_the_next(case):
    assert ask_for_two(case) == Two("cus_one", "cus_two", (0, 0), is_left=False)


@of(LAST)
def test_a_last_answer_is_read(case):
    assert ask_for_two(case) == Two("cus_one", "cus_two", (0, 1), is_left=True)


@of(INVALID)
def test_what_says_nothing_is_invalid(case):
    with wire(lambda _: case.sent) as server:
        client = CatalyzeClient(server.url, PATIENT)

        with pytest.raises(InvalidAnswer):
            client.get_customer("one", SECRETS)
        client.close()


@pytest.mark.parametrize(
    ("case", "code"),
    [
        (Case("twice", [answer(OWN) * 2]), "more_than_one_answer"),
        (Case("longer", [answer(OWN, length=-1)]), "more_than_one_answer"),
        (Case("two lengths", [answer(OWN, "Content-Length: 3")]), "not_valid_http"),
        (Case("another protocol", [with_headers(OWN, status="SIP/2.0 200 OK")]), "not_valid_http"),
        (Case("too many", [EARLY_HINTS * 100 + answer(OWN)]), "not_valid_http"),
        (Case("too many headers", [answer(OWN, *["A: b"] * 200)]), "not_valid_http"),
        (Case("shorter", [answer(OWN, length=5), CUT]), "answer_broke_off"),
        (Case("nothing", [CUT]), "not_reached"),
    ],
)
def test_it_is_said_what_was_wrong(case, code):
    with wire(lambda _: case.sent) as server:
        client = CatalyzeClient(server.url, PATIENT)

        with pytest.raises(Unavailable, match=code):
            client.get_customer("one", SECRETS)
        client.close()
