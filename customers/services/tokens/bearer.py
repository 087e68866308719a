import re

_BEARER = re.compile(r"bearer +([!-~]+) *", re.IGNORECASE)


def bearer_of(header: str) -> str:
    """The token in the value of an Authorization header; "" if it is of another kind."""
    match = _BEARER.fullmatch(header)
    return match[1] if match else ""
