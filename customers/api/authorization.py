"""Who a program asks for: the bearer token of a request, and what is left of its rate."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from ninja.security.http import HttpAuthBase

from customers.api.problem import Problem
from customers.api.responses import rate_headers
from customers.services.disclosures.request_origin import current_origin
from customers.services.tokens.authenticate import Caller, TokenRefused, authenticate
from customers.services.tokens.bearer import bearer_of
from customers.services.tokens.request_rate import Allowance, TooManyRequests, take_request

_REFUSED = "Send a valid token in the Authorization header, as in `Authorization: Bearer bpt_…`."


@dataclass(frozen=True, slots=True)
class SignedIn:
    caller: Caller
    allowance: Allowance


class ProgramRequest(HttpRequest):
    auth: SignedIn


class BearerToken(HttpAuthBase):
    openapi_scheme = "bearer"
    openapi_bearerFormat = "bpt_…"
    openapi_description = "An API token, made on the portal's page “API tokens”."

    def __call__(self, request: HttpRequest) -> SignedIn:
        return sign_in_program(request)


@sensitive_variables("token")
def sign_in_program(request: HttpRequest) -> SignedIn:
    """Raises Problem. Cookies are never looked at."""
    token = bearer_of(request.headers.get("Authorization", ""))
    try:
        caller = authenticate(token, current_origin().ip_address)
        return SignedIn(caller, take_request(caller.token_id))
    except TokenRefused as exc:
        headers = {"WWW-Authenticate": 'Bearer realm="billing portal"'}
        raise Problem("token-refused", _REFUSED, headers=headers) from exc
    except TooManyRequests as exc:
        left = exc.allowance
        headers = rate_headers(left) | {"Retry-After": str(left.resets_in)}
        detail = f"The token may make {left.limit} requests per minute."
        raise Problem("too-many-requests", detail, headers=headers) from exc
