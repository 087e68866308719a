"""Map upstream statuses to errors: only 200 and a 400 that means "not set up" do not raise."""

from customers.upstream.error_wording import says_malformed, says_rate_limit
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
        raise SessionExpired("session_not_accepted")
    elif status == FORBIDDEN:
        raise AccessDenied("no_permission")
    elif status == NOT_FOUND:
        raise OrganizationMissing("organization_unknown")
    elif status == _TOO_MANY:
        raise SlowDown("slow_down", answer.retry_after)
    elif status in _PASSING_FAULTS:
        raise Unavailable("not_available", answer.retry_after, status=status)
    elif status >= _SERVER_ERROR:
        raise NoAnswer("server_fault", status=status)
    elif status == _NO_CONTENT:
        raise InvalidAnswer("no_content")
    else:
        raise InvalidAnswer("status_unexpected", status=status)


def _raise_for_bad_request(answer: Answer) -> None:
    if says_rate_limit(answer.body):
        raise SlowDown("slow_down_in_400", answer.retry_after)
    if says_malformed(answer.body):
        raise NoAnswer("request_malformed")
