"""Faults that are whole answers, which a client must not take for a customer."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sandbox import parameters
from sandbox.answers import (
    HTML,
    Answer,
    error,
    error_as_text,
    error_at_top_level,
    error_with_title,
    error_without_items,
    json_answer,
)
from sandbox.parameters import Parameter, Parameters

NOWHERE = "http://127.0.0.1:9/"
PAGE = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
NOT_SET_UP_ANSWER = error(400, "The customer object of this organization has not been set up yet.")
_CUSTOMER = {"object": "customer", "id": "cus_any", "delinquent": False, "active_card": None}
_CARD = {"object": "card", "id": "card_any", "brand": "Visa", "last4": "4242"}
TITLE, DESCRIPTION = "Something went wrong", "The service met an unexpected condition."

SHAPES: dict[str, Callable[[int], Answer]] = {
    "message": lambda status: error(status, DESCRIPTION),
    "title": lambda status: error_with_title(status, TITLE, DESCRIPTION),
    "top-level": lambda status: error_at_top_level(status, TITLE, DESCRIPTION),
    "empty-list": error_without_items,
    "text": lambda status: error_as_text(status, TITLE),
}


class WrongAnswer(NamedTuple):
    make: Callable[[Parameters], Answer]
    parameters: Mapping[str, Parameter] = {}


def _retry_later(status: int, message: str, p: Parameters) -> Answer:
    wait = p["retry_after"]
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return Answer(status, error(status, message).body, headers=headers)


def _page(status: int, title: str) -> Answer:
    """As nginx in front of the API sends it."""
    end = "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    return Answer(status, (PAGE.format(title) + end).encode(), HTML)


def _deep(p: Parameters) -> Answer:
    depth = p["depth"]
    nested = b"[" * depth + b"]" * depth
    return Answer(200, b'{"object": "customer", "metadata": ' + nested + b"}")


def _stripe_rate_limit(_: Parameters) -> Answer:
    """Stripe used 400 for rate limits until September 2015; a relay may pass that on."""
    details = {
        "type": "invalid_request_error",
        "code": "rate_limit",
        "message": "Too many requests hit the API too quickly.",
    }
    return json_answer({"error": details}, 400)


def _wrong_object(_: Parameters) -> Answer:
    return json_answer({"object": "list", "url": "/v1/customers", "has_more": False, "data": []})


def _redirect(p: Parameters) -> Answer:
    return Answer(302, b"", HTML, {"Location": p["location"]})


WRONG_ANSWERS = {
    "429": WrongAnswer(
        lambda p: _retry_later(429, "Too many requests.", p),
        {"retry_after": parameters.retry_after(1)},
    ),
    "500": WrongAnswer(lambda _: error(500, "You found a bug.")),
    "502": WrongAnswer(lambda _: _page(502, "502 Bad Gateway")),
    "503": WrongAnswer(
        lambda p: _retry_later(503, "The service is unavailable.", p),
        {"retry_after": parameters.retry_after(None)},
    ),
    "504": WrongAnswer(lambda _: _page(504, "504 Gateway Time-out")),
    "204": WrongAnswer(lambda _: Answer(204, b"")),
    "not-json": WrongAnswer(lambda _: _page(200, "Welcome")),
    "html-400": WrongAnswer(lambda _: _page(400, "400 Bad Request")),
    "deep": WrongAnswer(_deep, {"depth": parameters.at_least(1, 100_000)}),
    "redirect": WrongAnswer(_redirect, {"location": parameters.line(NOWHERE)}),
    "rate-limit-400": WrongAnswer(_stripe_rate_limit),
    "malformed-400": WrongAnswer(
        lambda _: error(400, "The request was malformed and could not be understood.")
    ),
    # What a whole desk sees when Catalyze loses its customers, or Stripe declines every charge.
    "not-set-up": WrongAnswer(lambda _: NOT_SET_UP_ANSWER),
    "no-method": WrongAnswer(lambda _: json_answer(_CUSTOMER)),
    "delinquent": WrongAnswer(
        lambda _: json_answer(_CUSTOMER | {"delinquent": True, "active_card": _CARD})
    ),
    "wrong-object": WrongAnswer(_wrong_object),
    "empty": WrongAnswer(lambda _: Answer(200, b"")),
    "error-shape": WrongAnswer(
        lambda p: SHAPES[p["shape"]](p["status"]),
        {"shape": parameters.one_of(*SHAPES), "status": parameters.status(500)},
    ),
    "status": WrongAnswer(
        lambda p: Answer(p["status"], p["body"].encode(), p["content_type"]),
        {
            "status": parameters.status(500),
            "body": parameters.text(""),
            "content_type": parameters.line("application/json"),
        },
    ),
}
