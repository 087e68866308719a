from unicodedata import normalize

from django.contrib.auth.models import AbstractBaseUser
from django.views.decorators.debug import sensitive_variables

from customers.models import SecurityEvent
from customers.services.accounts.pauses import Attempt, Limit, begin_attempt, codes_of, limit
from customers.services.accounts.security_events import record_event

_Code = SecurityEvent.Code


def begin_sign_in(name: str) -> Attempt:
    return begin_attempt(limit("name", name))


def begin_catalyze_sign_in(user: AbstractBaseUser, name: str) -> Attempt:
    """Upstream names may ignore case, so the count does. Raises Paused."""
    folded = normalize("NFKC", name).casefold()
    return begin_attempt(limit("catalyze name", folded), limit("catalyze user", user.pk))


def begin_paste(user: AbstractBaseUser) -> Attempt:
    return begin_attempt(limit("pasted", user.pk))


@sensitive_variables("typed")
def is_own_password(user: AbstractBaseUser, typed: str) -> bool:
    """Check the password of a signed-in user, counted apart from sign-in. Raises Paused."""
    attempt = begin_attempt(_own_password(user))
    if user.check_password(typed):
        attempt.succeeded()
        return True
    note_failure(attempt, _Code.PASSWORD_REFUSED, _Code.PASSWORD_PAUSED, user=user)
    return False


def note_failure(
    attempt: Attempt,
    failed: SecurityEvent.Code,
    paused: SecurityEvent.Code,
    *,
    user: AbstractBaseUser | None = None,
    typed_name: str = "",
) -> None:
    """Raises the pause if this attempt began one."""
    record_event(failed, user=user, typed_name=typed_name)
    if attempt.pause:
        record_event(paused, user=user, typed_name=typed_name)
        raise attempt.pause


def limits_of(user: AbstractBaseUser) -> list[Limit]:
    return [
        limit("name", user.get_username()),
        _own_password(user),
        limit("catalyze user", user.pk),
        limit("pasted", user.pk),
        codes_of(user),
    ]


def _own_password(user: AbstractBaseUser) -> Limit:
    return limit("password", user.pk)
