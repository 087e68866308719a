"""Where a request comes from: what the disclosure log and the security events keep of it.

Whoever opens a request says so once; everything that is recorded while it is answered reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


@dataclass(frozen=True, slots=True)
class Origin:
    """The client's address, a purpose or ticket that the user has named, and the name of the token
    that a program signed in with; each may be none.

    `browser` is its family and system, `user` whoever is signed in. One is of one answer, which
    `shown_together` tells from all others.
    """

    ip_address: str | None = None
    purpose: str = ""
    token_name: str = ""
    browser: str = ""
    request_id: str = ""
    user: AbstractBaseUser | AnonymousUser | None = None
    shown_together: str = field(default_factory=lambda: uuid4().hex)


_current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    """The origin of what is being answered; a new one, of nowhere, for a command."""
    return _current.get() or Origin()


@contextmanager
def asked_from(origin: Origin) -> Iterator[None]:
    """Everything recorded inside comes from `origin`."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
