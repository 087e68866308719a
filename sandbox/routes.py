"""The five documented routes that the portal may use, and which of them a request asks for."""

from typing import NamedTuple
from urllib.parse import unquote

SIGN_IN, VERIFY, SIGN_OUT = "signin", "verify", "signout"
ORG, CUSTOMER = "org", "customer"
ROUTES = (CUSTOMER, ORG, SIGN_IN, VERIFY, SIGN_OUT)

ORG_PREFIX = "/v2/org/"
METHODS = {SIGN_IN: "POST", VERIFY: "GET", SIGN_OUT: "GET", ORG: "GET", CUSTOMER: "GET"}


class Call(NamedTuple):
    """One call of a documented route; `org_id` is empty on the routes of the session."""

    route: str
    org_id: str = ""


SESSION_CALLS = {
    "/v2/auth/signin": Call(SIGN_IN),
    "/v2/auth/verify": Call(VERIFY),
    "/v2/auth/signout": Call(SIGN_OUT),
}


def call_of(raw_path: str) -> Call | None:
    """The call that a path stands for, whatever the method; None for any other path.

    The org id is one segment, decoded after the split: `a%2Fb` is an id, `a/b` is not.
    """
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
