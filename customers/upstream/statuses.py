"""Map upstream statuses to errors: all but 200, and a 400 that means "not set up", raise."""

from customers.upstream.error_body import says_malformed, says_rate_limit
from customers.upstream.errors import (
    AccessDenied,
    InvalidAnswer,
    NoAnswer,
    OrganizationMissing,
    SessionExpired,
    SlowDown,
    Unavailable,
)
from customers.upstream.transport import Answer

OK, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND = 200, 400, 401, 403, 404
_NO_CONTENT, _TOO_MANY, _SERVER_ERROR = 204, 429, 500
_PASSING_FAULTS = {502, 503, 504}


def raise_for_status(answer: Answer) -> None:
    status = answer.status
    if status == OK:
        return
    if status == BAD_REQUEST:
        _raise_for_bad_request(answer)
    elif status == UNAUTHORIZED:
        raise SessionExpired("Catalyze no longer accepts the session; sign in again.")
    elif status == FORBIDDEN:
        raise AccessDenied("The credentials have no payment permission on this organization.")
    elif status == NOT_FOUND:
        raise OrganizationMissing("Catalyze knows no such organization for these credentials.")
    elif status == _TOO_MANY:
        raise SlowDown("Catalyze asks to slow down (429).", answer.retry_after)
    elif status in _PASSING_FAULTS:
        raise Unavailable(f"Catalyze is not available now ({status}).", answer.retry_after)
    elif status >= _SERVER_ERROR:
        raise NoAnswer(f"Catalyze had a fault of its own ({status}).")
    elif status == _NO_CONTENT:
        raise InvalidAnswer("Catalyze sent no content (204), which says nothing.")
    else:
        raise InvalidAnswer(f"Catalyze answered with status {status}, which says nothing.")


def _raise_for_bad_request(answer: Answer) -> None:
    if says_rate_limit(answer.body):
        raise SlowDown("Catalyze asks to slow down (400, rate limit).", answer.retry_after)
    if says_malformed(answer.body):
        raise NoAnswer("Catalyze called the request malformed (400).")
