"""The five documented routes that the portal may use."""

from typing import NamedTuple
from urllib.parse import unquote

SIGN_IN, VERIFY, SIGN_OUT = "signin", "verify", "signout"
ORG, CUSTOMER = "org", "customer"
ROUTES = (CUSTOMER, ORG, SIGN_IN, VERIFY, SIGN_OUT)

ORG_PREFIX = "/v2/org/"
METHODS = {SIGN_IN: "POST", VERIFY: "GET", SIGN_OUT: "GET", ORG: "GET", CUSTOMER: "GET"}


class Call(NamedTuple):
    """`org_id` is empty for session routes."""

    route: str
    org_id: str = ""


SESSION_CALLS = {
    "/v2/auth/signin": Call(SIGN_IN),
    "/v2/auth/verify": Call(VERIFY),
    "/v2/auth/signout": Call(SIGN_OUT),
}


def call_of(raw_path: str) -> Call | None:
    """None for other paths. Splits before decoding, so `a%2Fb` is an org id."""
    path = raw_path.partition("?")[0]
    if not path.startswith(ORG_PREFIX):
        return SESSION_CALLS.get(path)
    segment, slash, rest = path[len(ORG_PREFIX) :].partition("/")
    org_id = unquote(segment) if "%" in segment else segment
    if not org_id:
        return None
    if rest == "customer":
        return Call(CUSTOMER, org_id)
    return None if slash else Call(ORG, org_id)
