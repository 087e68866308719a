"""Which disclosures a page or command has declared; the log accepts no others from it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from customers.models import Disclosure

# None outside pages and commands, as in a shell.
_declared: ContextVar[frozenset[str] | None] = ContextVar("declared", default=None)


class Undeclared(Exception):
    """Something was about to be shown in a way that its page or command has not declared."""


@contextmanager
def only(places: Iterable[str]) -> Iterator[None]:
    """Allow only these of Disclosure.Where inside the block."""
    token = _declared.set(frozenset(Disclosure.Where(place).value for place in places))
    try:
        yield
    finally:
        _declared.reset(token)


def discloses(*places: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare what a command discloses; pages use staff_page."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def declared(*args: Any, **kwargs: Any) -> Any:
            with only(places):
                return function(*args, **kwargs)

        vars(declared)["discloses"] = places
        return declared

    return decorate


def require_declared(places: Iterable[str]) -> None:
    declared = _declared.get()
    if declared is not None and (undeclared := sorted(set(places) - declared)):
        raise Undeclared(f"declare what is disclosed: {', '.join(undeclared)}")
