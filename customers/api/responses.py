"""Answers and problems as HTTP: JSON, entity tags, and what is left of a rate limit."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from customers.api.problem import Problem
from customers.services.tokens.request_rate import Allowance
from observability.request_id import current

PLAIN_JSON, PROBLEM_JSON = "application/json", "application/problem+json"
_MINUTE = 60  # seconds


def json_response(
    answer: Mapping[str, Any], status: int = 200, content: str = PLAIN_JSON
) -> HttpResponse:
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    return HttpResponse(body, status=status, content_type=content)


def problem_response(problem: Problem) -> HttpResponse:
    answer: dict[str, Any] = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "request_id": current.get(),
    }
    if problem.parameters:
        answer["parameters"] = dict(problem.parameters)
    response = json_response(answer, problem.status, PROBLEM_JSON)
    add_headers(response, problem.headers)
    return response


def add_headers(response: HttpResponseBase, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        response[name] = value


def entity_tag(response: HttpResponse) -> str:
    return f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'


def has_already(request: HttpRequest, tag: str) -> bool:
    """Compression on the way makes tags weak. `*` names none: whoever sends it has no answer."""
    named = request.headers.get("If-None-Match", "")
    tags = [each.strip().removeprefix("W/") for each in named.split(",")]
    return tag in tags


def rate_headers(allowance: Allowance) -> dict[str, str]:
    """As draft-ietf-httpapi-ratelimit-headers has them; none where there is no limit."""
    if not allowance.limit:
        return {}
    return {
        "RateLimit-Policy": f'"token";q={allowance.limit};w={_MINUTE}',
        "RateLimit": f'"token";r={allowance.remaining};t={allowance.resets_in}',
    }
