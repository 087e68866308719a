"""Record and mail changes to how an account is accessed, and end its other sessions."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify
from customers.services.accounts.session_store import end_sessions


class Unconfirmed(Exception):
    """The user has neither signed in nor confirmed their password in the last few minutes."""


@dataclass(frozen=True, slots=True)
class Doer:
    session_key: str | None = None
    is_confirmed: bool = True


def note_account_change(
    user: AbstractBaseUser, code: SecurityEvent.Code, *, session_key: str | None = None
) -> None:
    notify(record_event(code, user=user))
    if end_sessions(user.pk, but=session_key):
        record_event(SecurityEvent.Code.SESSIONS_ENDED, user=user)
