"""What follows a change of who can get into an account: a record, a mail, an end to sessions."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify
from customers.services.accounts.session_store import end_sessions


class Unconfirmed(Exception):
    """The user has neither signed in nor typed their password in the last minutes."""


@dataclass(frozen=True, slots=True)
class Doer:
    """The session in which a user changes their account, and whether they have just confirmed that
    it is they. A command has no session, and is not asked."""

    session_key: str | None = None
    is_confirmed: bool = True


def note_account_change(
    user: AbstractBaseUser, code: SecurityEvent.Code, *, session_key: str | None = None
) -> None:
    """Record it, mail the user, and end all their sessions but the one in which they did it."""
    notify(record_event(code, user=user))
    if end_sessions(user.pk, but=session_key):
        record_event(SecurityEvent.Code.SESSIONS_ENDED, user=user)
