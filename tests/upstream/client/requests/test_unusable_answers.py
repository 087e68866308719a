"""Answers that do not unpack, have an impossible size or too many headers."""

import gzip

import pytest

from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import InvalidAnswer, Unavailable
from customers.upstream.transport import MAX_BODY
from tests.helpers.upstream.recorder import LIMITS, SECRETS, recording


def test_an_answer_that_unpacks_to_too_much_is_refused(recorder, client):
    recorder.headers = {"Content-Encoding": "gzip"}
    recorder.body = gzip.compress(b" " * (MAX_BODY * 20))

    with pytest.raises(InvalidAnswer, match="answer_too_large size=2"):
        client.get_customer("7c1f", SECRETS)


def test_an_answer_that_does_not_unpack_is_unavailable(recorder, client):
    recorder.headers = {"Content-Encoding": "gzip"}

    with pytest.raises(Unavailable):
        client.get_customer("7c1f", SECRETS)


def test_a_chunk_of_negative_size_is_unavailable(recorder, client):
    recorder.headers = {"Transfer-Encoding": "chunked"}
    recorder.body = b"-5\r\nxx\r\n0\r\n\r\n"

    with pytest.raises(Unavailable):
        client.get_customer("7c1f", SECRETS)


def test_too_many_headers_are_unavailable():
    with recording() as recorder:
        recorder.headers = {f"X-{number}": "x" for number in range(200)}
        client = CatalyzeClient(recorder.url, LIMITS)

        with pytest.raises(Unavailable):
            client.get_customer("7c1f", SECRETS)
        client.close()
