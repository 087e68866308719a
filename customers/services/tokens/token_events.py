"""Security events of tokens; their user is mailed about each."""

from django.contrib.auth.models import AbstractBaseUser

from customers.models import ApiToken, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify


def note_created(user: AbstractBaseUser, row: ApiToken) -> None:
    _note(SecurityEvent.Code.TOKEN_CREATED, user, row)


def note_revoked(user: AbstractBaseUser, row: ApiToken) -> None:
    _note(SecurityEvent.Code.TOKEN_REVOKED, user, row)


def _note(code: SecurityEvent.Code, user: AbstractBaseUser, row: ApiToken) -> None:
    detail = {"token": row.name, "token_id": row.pk, "scopes": row.scopes}
    notify(record_event(code, user=user, detail=detail))
