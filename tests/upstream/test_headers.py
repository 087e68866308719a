"""Headers are read as http.client reads them, whatever comes."""

import http.client
import io

import pytest

from customers.upstream.headers import QuickRequest, QuickResponse

HEADS = {
    "usual": b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n",
    "error": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nContent-Length: 2\r\n",
    "no reason": b"HTTP/1.1 200 \r\nContent-Length: 2\r\n",
    "spaces": b"HTTP/1.1 200 OK\r\nServer: \t a b \t\r\nContent-Length:2\r\n",
    "capitals": b"HTTP/1.1 200 OK\r\nCONTENT-LENGTH: 2\r\n",
    "bytes": b"HTTP/1.1 200 OK\r\nServer: \xe9\xff\r\nContent-Length: 2\r\n",
    "chunked": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n",
    "chunked and long": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n",
    "closing": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n",
    "staying": b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n",
    "no length": b"HTTP/1.1 200 OK\r\nServer: a\r\n",
    "wrong length": b"HTTP/1.1 200 OK\r\nContent-Length: two\r\n",
    "negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -2\r\n",
    "huge length": b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 30 + b"\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 1\r\n",
    "no content": b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n",
    "continued": b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
    "old": b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n",
    "folded": b"HTTP/1.1 200 OK\r\nServer: a\r\n b\r\nContent-Length: 2\r\n",
    "no colon": b"HTTP/1.1 200 OK\r\nServer\r\nContent-Length: 2\r\n",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 2\n",
    "twice": b"HTTP/1.1 200 OK\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 2\r\n",
    "many": b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 101,
    "another protocol": b"SIP/2.0 200 OK\r\nContent-Length: 2\r\n",
    "nothing": b"",
}


class Wire:
    def __init__(self, sent: bytes) -> None:
        self.sent = sent

    def makefile(self, _mode):
        return io.BufferedReader(io.BytesIO(self.sent))


def read(kind, sent):
    response = kind(Wire(sent), method="GET")
    try:
        response.begin()
    except (http.client.HTTPException, OSError) as exc:
        return type(exc)
    facts = (response.status, response.reason, response.version, response.headers.items())
    framing = (response.chunked, response.chunk_left, response.length, response.will_close)
    return facts, framing, response.headers.defects == [], response.fp and response.fp.read()


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_an_answer_is_read_as_http_client_reads_it(head):
    sent = head + b"\r\n{}HTTP/1.1"

    assert read(QuickResponse, sent) == read(http.client.HTTPResponse, sent)


@pytest.mark.parametrize("size", range(0, 60, 7))
def test_an_answer_that_breaks_off_in_its_head_is_too(size):
    sent = HEADS["usual"][:size]

    assert read(QuickResponse, sent) == read(http.client.HTTPResponse, sent)


@pytest.mark.parametrize("value", ["a\r\nX-Other: b", "a\nb", b"a\rb"])
def test_no_header_holds_another(value):
    connection = QuickRequest("upstream.example")
    connection.putrequest("GET", "/")

    with pytest.raises(ValueError, match="line break"):
        connection.putheader("X-Api-Key", value)
