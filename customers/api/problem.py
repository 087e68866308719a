"""Why a program gets no answer (RFC 9457). Details are in English, since programs read them."""

from collections.abc import Mapping
from types import MappingProxyType

# By type: the status and the title. Programs rely on the types.
PROBLEMS: Mapping[str, tuple[int, str]] = {
    "bad-request": (400, "The request could not be read"),
    "token-refused": (401, "No valid token"),
    "scope-missing": (403, "The token lacks a scope"),
    "not-proved": (403, "Access is not proved"),
    "denied": (403, "Catalyze denied access"),
    "forbidden": (403, "The request was refused"),
    "unknown-organization": (404, "Catalyze knows no such organization"),
    "not-known-then": (404, "Nothing was known at that time"),
    "no-such-address": (404, "There is no such address"),
    "method-not-allowed": (405, "The address does not answer this method"),
    "too-large": (413, "The request is too large"),
    "invalid-parameter": (422, "A parameter is invalid"),
    "too-many-requests": (429, "Too many requests"),
    "fault": (500, "The portal has a fault"),
    "no-answer": (503, "Nothing is stored, and Catalyze does not answer"),
    "busy": (503, "The portal is busy"),
}
_NONE: Mapping[str, str] = MappingProxyType({})


class Problem(Exception):
    """`parameters` says what is wrong with each; `headers` go with the answer."""

    def __init__(
        self,
        type_: str,
        detail: str,
        *,
        parameters: Mapping[str, str] = _NONE,
        headers: Mapping[str, str] = _NONE,
    ) -> None:
        super().__init__(f"{type_}: {detail}")
        self.type = type_
        self.status, self.title = PROBLEMS[type_]
        self.detail = detail
        self.parameters = parameters
        self.headers = headers


def invalid(parameters: Mapping[str, str]) -> Problem:
    """`parameters` says what is wrong with each, such as {"limit": "is not 1 to 200"}."""
    detail = "; ".join(f"{name} {what}" for name, what in parameters.items())
    return Problem("invalid-parameter", f"{detail}.", parameters=parameters)
