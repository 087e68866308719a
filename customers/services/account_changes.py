"""What follows a change of who can get into an account: a record, a mail, an end to sessions."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import SecurityEvent
from customers.services.security_events import record_event
from customers.services.security_mail import notify
from customers.services.session_store import end_sessions


def note_account_change(
    user: AbstractBaseUser, code: SecurityEvent.Code, *, session_key: str | None = None
) -> None:
    """Record it, mail the user, and end all their sessions but the one in which they did it."""
    notify(record_event(code, user=user))
    if end_sessions(user.pk, but=session_key):
        record_event(SecurityEvent.Code.SESSIONS_ENDED, user=user)
