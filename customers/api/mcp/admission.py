"""Let in whom the API lets in. What is refused before it is read is a JSON-RPC error with a status:
clients show its message, and would not read a problem of the API's kind."""

from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse
from django_mcpz.jsonrpc import INVALID_REQUEST, PARSE_ERROR, error_response

from customers.api.authorization import ProgramRequest, sign_in_program
from customers.api.problem import Problem
from customers.api.responses import add_headers

_REFUSED = -32001  # of the codes that JSON-RPC leaves to servers


def admit(request: HttpRequest) -> HttpResponse | None:
    try:
        signed_in = sign_in_program(request)
    except Problem as problem:
        return _refused(problem)
    cast("ProgramRequest", request).auth = signed_in
    request.user = signed_in.caller.user
    return None


def _refused(problem: Problem) -> HttpResponse:
    response = error_response(None, _REFUSED, str(problem), status=HTTPStatus(problem.status))
    add_headers(response, problem.headers)
    return response


def too_large() -> HttpResponse:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return error_response(None, INVALID_REQUEST, "The request is too large.", status=status)


def too_deep() -> HttpResponse:
    message = "The JSON is nested too deeply."
    return error_response(None, PARSE_ERROR, message, status=HTTPStatus.BAD_REQUEST)
