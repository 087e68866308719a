"""A portal session, stored under a hash of its cookie."""

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.crypto import salted_hmac

_SALT = "customers.portal_session"
_Row = TypeVar("_Row", bound=AbstractBaseSession)


def hash_of(session_key: str) -> str:
    return salted_hmac(_SALT, session_key, algorithm="sha256").hexdigest()


class ByKeyOfTheCookie(BaseSessionManager[_Row]):
    """Looks sessions up by the key in the cookie, as Django's session store expects."""

    def get(self, *args: Any, **lookups: Any) -> _Row:
        return super().get(*args, **_hashed(lookups))

    async def aget(self, *args: Any, **lookups: Any) -> _Row:
        return await super().aget(*args, **_hashed(lookups))

    def filter(self, *args: Any, **lookups: Any) -> "models.QuerySet[_Row]":
        return super().filter(*args, **_hashed(lookups))


def _hashed(lookups: dict[str, Any]) -> dict[str, Any]:
    if key := lookups.get("session_key"):
        return lookups | {"session_key": hash_of(key)}
    return lookups


class PortalSession(AbstractBaseSession):
    """A stolen row or backup cannot be used to sign in: it lacks the cookie's key."""

    session_key = models.CharField(max_length=64, primary_key=True)  # hash_of the cookie's key
    # To end all sessions of a user. Not a foreign key: deleting a user must not wait for a request
    # that is saving its session.
    user_id = models.IntegerField(null=True, db_index=True)

    objects: ClassVar[BaseSessionManager[Self]] = ByKeyOfTheCookie()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
