"""Where a request comes from, for the disclosure log and the security events."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from uuid import uuid4

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser


@dataclass(frozen=True, slots=True)
class Origin:
    """`browser` is family and system. `shown_together` identifies one page or answer."""

    ip_address: str | None = None
    purpose: str = ""
    token_name: str = ""
    browser: str = ""
    request_id: str = ""
    user: AbstractBaseUser | AnonymousUser | None = None
    shown_together: str = field(default_factory=lambda: uuid4().hex)


_current: ContextVar[Origin | None] = ContextVar("origin", default=None)


def current_origin() -> Origin:
    return _current.get() or Origin()


@contextmanager
def asked_from(origin: Origin) -> Iterator[None]:
    """Everything recorded inside has this origin."""
    token = _current.set(origin)
    try:
        yield
    finally:
        _current.reset(token)
