"""Requests of programs: nothing that a browser adds is read, and each refusal is a problem."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from customers.api.authorization import SignedIn
from customers.api.problem import Problem
from customers.api.responses import PROBLEM_JSON, add_headers, problem_response, rate_headers

API = "/api/v1"
MCP = "/mcp"
# Cookies never sign a program in, and no session is read for it. Programs read English.
_OF_BROWSERS = ("HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE")
_KEPT = ("Allow", "Retry-After")
_REFUSALS = {
    400: ("bad-request", "The request is malformed, or names a host that is not this portal's."),
    403: ("forbidden", "The portal refused the request."),
    404: ("no-such-address", "See /api/v1/openapi.json for the addresses that there are."),
    405: ("method-not-allowed", "The header Allow names the methods that it answers."),
    413: ("too-large", "Send less."),
    503: ("busy", "The database is busy or away. Nothing was done, so try again."),
}
_FAULT = ("fault", "It is logged with this request_id. Nothing was changed.")


class ProgramMiddleware:
    """Behind the security headers, in front of everything that reads cookies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_api = _is_below(API, request.path_info)
        if not is_api and not _is_below(MCP, request.path_info):
            return self._get_response(request)
        for name in _OF_BROWSERS:
            request.META.pop(name, None)
        response = self._get_response(request)
        if is_api and response.status_code >= 400:
            response = _as_problem(response)
        response["Cache-Control"] = "no-store"
        signed_in = getattr(request, "auth", None)
        if isinstance(signed_in, SignedIn):
            add_headers(response, rate_headers(signed_in.allowance))
        return response


def _is_below(prefix: str, path: str) -> bool:
    return path == prefix or path.startswith(f"{prefix}/")


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    if response.get("Content-Type", "") == PROBLEM_JSON:
        return response
    headers = {name: response[name] for name in _KEPT if name in response}
    type_, detail = _REFUSALS.get(response.status_code, _FAULT)
    return problem_response(Problem(type_, detail, headers=headers))
