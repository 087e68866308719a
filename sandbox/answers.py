"""Answers to send: statuses, bodies, and the formats of errors."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

JSON = "application/json"
HTML = "text/html"
TEXT = "text/plain"
CSV = "text/csv"


class Answer(NamedTuple):
    status: int
    body: bytes
    content_type: str = JSON
    headers: Mapping[str, str] = {}


def json_answer(value: Any, status: int = 200) -> Answer:
    return Answer(status, json.dumps(value).encode())


def error(status: int, message: str) -> Answer:
    """The documented format; `code` repeats the status, as in all examples."""
    return json_answer({"errors": [{"message": message, "code": status}]}, status)


def error_with_title(status: int, title: str, description: str) -> Answer:
    return json_answer({"errors": [{"title": title, "description": description}]}, status)


def error_at_top_level(status: int, title: str, description: str) -> Answer:
    return json_answer({"title": title, "description": description}, status)


def error_without_items(status: int) -> Answer:
    return json_answer({"errors": []}, status)


def error_as_text(status: int, text: str) -> Answer:
    return Answer(status, text.encode(), TEXT)
