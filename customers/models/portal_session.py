"""A session of this portal: what its browser's cookie stands for, under a hash of that cookie."""

from typing import Any, ClassVar, Self, TypeVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.crypto import salted_hmac

_SALT = "customers.portal_session"
_Row = TypeVar("_Row", bound=AbstractBaseSession)


def hash_of(session_key: str) -> str:
    """What the database knows a session key by; nothing leads back from it to the key."""
    return salted_hmac(_SALT, session_key, algorithm="sha256").hexdigest()


class ByKeyOfTheCookie(BaseSessionManager[_Row]):
    """Finds a session by the key that its browser holds, as Django's session store asks for it."""

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
    """A copied row opens nothing: the cookie's key is not in it, nor in a backup."""

    session_key = models.CharField(max_length=64, primary_key=True)  # hash_of the cookie's key
    # Whose it is, so that all of a user's sessions can be ended. Not a foreign key: the deletion of
    # a user does not wait for a page that is just writing its session.
    user_id = models.IntegerField(null=True, db_index=True)

    objects: ClassVar[BaseSessionManager[Self]] = ByKeyOfTheCookie()

    class Meta(AbstractBaseSession.Meta):
        default_permissions = ()
