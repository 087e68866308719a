"""Portal sessions in the database, where they can be ended per user (SESSION_ENGINE)."""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import OperationalError

from customers.models import PortalSession
from customers.models.portal_session import hash_of


class SessionStore(db.SessionStore):
    """Stores only a hash of the key, and the user."""

    @classmethod
    def get_model_class(cls) -> type[PortalSession]:
        return PortalSession

    def save(self, must_create: bool = False) -> None:
        """Raise for a lost connection, which Django takes for a deleted session: 503, not 400."""
        try:
            super().save(must_create)
        except UpdateError as exc:
            if isinstance(exc.__context__, OperationalError):
                raise exc.__context__ from None
            raise

    def create_model_instance(self, data: dict[str, Any]) -> PortalSession:
        return _with_hashed_key(super().create_model_instance(data), data)

    async def acreate_model_instance(self, data: dict[str, Any]) -> PortalSession:
        return _with_hashed_key(await super().acreate_model_instance(data), data)


def end_sessions(user_id: int, *, but: str | None = None) -> int:
    sessions = PortalSession.objects.filter(user_id=user_id)
    if but:
        sessions = sessions.exclude(session_key=hash_of(but))
    return sessions.delete()[0]


def _with_hashed_key(row: AbstractBaseSession, data: dict[str, Any]) -> PortalSession:
    return PortalSession(
        session_key=hash_of(row.session_key),
        session_data=row.session_data,
        expire_date=row.expire_date,
        user_id=int(data[SESSION_KEY]) if SESSION_KEY in data else None,
    )
