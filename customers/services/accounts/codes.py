"""Check second-factor codes, with a separate limit for browsers that passed before."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.accounts.passwords import note_failure
from customers.services.accounts.pauses import CODES_PER_HOUR, HOUR, Limit, begin_attempt, codes_of
from customers.services.accounts.recovery_codes import LENGTH, use_recovery_code
from customers.services.accounts.second_factor import is_right
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify

_Code = SecurityEvent.Code
_PER_SESSION = 5


def is_right_code(
    user: AbstractBaseUser, code: str, *, session_key: str, passed_browser: str | None
) -> bool:
    """Raises Paused. Each code works once."""
    of_session = Limit("codes of session", session_key, _PER_SESSION, HOUR)
    elsewhere = codes_of(user)
    if passed_browser:
        elsewhere = Limit("codes of browser", passed_browser, CODES_PER_HOUR, HOUR)
    attempt = begin_attempt(of_session, elsewhere)
    if _is_valid(user, code):
        attempt.succeeded()
        return True
    note_failure(attempt, _Code.FACTOR_FAILED, _Code.FACTOR_PAUSED, user=user)
    return False


def _is_valid(user: AbstractBaseUser, code: str) -> bool:
    if len(code) != LENGTH:
        return is_right(user, code)
    if not use_recovery_code(user, code):
        return False
    notify(record_event(_Code.RECOVERY_USED, user=user))
    return True
