"""Where a request comes from: what the disclosure log and the security events keep of it.

Whoever opens a request says so once; everything that is recorded while it is answered reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


@dataclass(frozen=True, slots=True)
class Origin:
    """The client's address, and a purpose or ticket that the user has named; either may be none.

    `browser` is its family and system, `user` whoever is signed in.
    """

    ip_address: str | None = None
    purpose: str = ""
    browser: str = ""
    request_id: str = ""
    user: AbstractBaseUser | AnonymousUser | None = None


_NOWHERE = Origin()
_current: ContextVar[Origin] = ContextVar("origin", default=_NOWHERE)


def current_origin() -> Origin:
    """The origin of what is being answered; of a command, none."""
    return _current.get()


@contextmanager
def asked_from(origin: Origin) -> Iterator[None]:
    """Everything recorded inside comes from `origin`."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
