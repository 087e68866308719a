"""Where what is asked comes from: the address and the purpose that the disclosure log keeps.

Whoever opens a request says so once; everything that is recorded while it is answered reads it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """The client's address, and a purpose or ticket that the user has named; either may be none."""

    ip_address: str | None = None
    purpose: str = ""


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
