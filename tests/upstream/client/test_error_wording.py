"""Error bodies of every shape tell a 400 about the organization from one about the request."""

import json

import pytest

from customers.upstream.error_wording import says_malformed, says_rate_limit

RATE_LIMITS = ["rate_limit", "Rate limit exceeded.", "Too many requests hit the API too quickly."]
MALFORMED = [
    "The request was malformed.",
    "Could not parse the body.",
    "Invalid JSON",
    "The API key is missing.",
    "The Authorization header is missing.",
]
NOT_SET_UP = [
    "The customer object of this organization has not been set up yet.",
    "No payment method.",
    "Bad Request",
    "",
]
SHAPES = {
    "documented": lambda text: {"errors": [{"message": text, "code": 400}]},
    "second item": lambda text: {"errors": [{"message": "x", "code": 1}, {"message": text}]},
    "title": lambda text: {"errors": [{"title": text, "description": "x"}]},
    "description": lambda text: {"errors": [{"title": "x", "description": text}]},
    "top level title": lambda text: {"title": text, "description": "x"},
    "top level description": lambda text: {"title": "x", "description": text},
    "top level message": lambda text: {"message": text},
    "stripe": lambda text: {"error": {"type": "x", "code": "y", "message": text}},
    "stripe code": lambda text: {"error": {"type": "x", "code": text, "message": "y"}},
    "error as text": lambda text: {"error": text},
    "items as texts": lambda text: {"errors": [text]},
    "json text": lambda text: text,
}
ODD = [
    b"",
    b"[]",
    b"null",
    b"17",
    b"{}",
    b'{"errors": []}',
    b'{"errors": null}',
    b'{"errors": {"a": 1}}',
    b'{"errors": [null, 5, [], {}]}',
    b'{"message": null, "error": 5}',
    b'{"error": {"error": {"error": null}}}',
    b"\xff\xfe\x00",
    b"not json",
    b"[" * 100_000,
    b"1" * 10_000,
]


@pytest.mark.parametrize("body", ODD)
def test_a_body_without_words_says_neither(body):
    assert not says_rate_limit(body)
    assert not says_malformed(body)


@pytest.mark.parametrize("text", NOT_SET_UP)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_not_set_up_says_neither(shape, text):
    body = json.dumps(shape(text)).encode()

    assert not says_rate_limit(body)
    assert not says_malformed(body)


@pytest.mark.parametrize("depth", range(100, 1100, 50))
def test_a_deep_body_is_read_as_far_as_it_goes(depth):
    body = b'{"error":' * depth + b'"x"' + b"}" * depth

    assert not says_malformed(body)


@pytest.mark.parametrize("text", RATE_LIMITS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_rate_limit_is_read_in_every_shape(shape, text):
    body = json.dumps(shape(text)).encode()

    assert says_rate_limit(body)


@pytest.mark.parametrize("text", MALFORMED)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_malformed_request_is_read_in_every_shape(shape, text):
    body = json.dumps(shape(text)).encode()

    assert says_malformed(body)
    assert not says_rate_limit(body)


@pytest.mark.parametrize("text", [*RATE_LIMITS, "RATE-LIMIT", "rate limited"])
def test_a_rate_limit_is_read_in_plain_text(text):
    assert says_rate_limit(text.encode())


@pytest.mark.parametrize(
    "page", [b"<html></html>", b"\r\n <!DOCTYPE html>", b"<?xml version='1.0'?>"]
)
def test_a_page_is_about_the_request(page):
    assert says_malformed(page)
