"""Parameters of faults: defaults, validation and error messages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, TypeGuard

Parameters = Mapping[str, Any]
INFORMATIONAL, STATUSES = range(100, 200), range(200, 600)


class FaultError(ValueError):
    """The message is a sentence for the caller."""


@dataclass(frozen=True, slots=True)
class Parameter:
    default: object
    is_right: Callable[[Any], bool]
    wanted: str


def is_number(value: object) -> TypeGuard[float]:
    """Excludes booleans, NaN and infinities."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def seconds(default: float) -> Parameter:
    return Parameter(default, lambda value: is_number(value) and value >= 0, "seconds, 0 or more")


def retry_after(default: int | None) -> Parameter:
    wanted = "seconds, an HTTP date, or null for no header"
    return Parameter(default, lambda v: v is None or is_number(v) or is_line(v), wanted)


def status(default: int) -> Parameter:
    wanted = "a status from 200 to 599"
    return Parameter(default, lambda value: is_whole(value) and value in STATUSES, wanted)


def informational(default: int) -> Parameter:
    wanted = "a status from 100 to 199"
    return Parameter(default, lambda value: is_whole(value) and value in INFORMATIONAL, wanted)


def whole(default: int) -> Parameter:
    return Parameter(default, is_whole, "a whole number")


def at_least(least: int, default: int) -> Parameter:
    wanted = f"a whole number of at least {least}"
    return Parameter(default, lambda value: is_whole(value) and value >= least, wanted)


def one_of(*choices: str) -> Parameter:
    return Parameter(choices[0], lambda value: value in choices, f"one of {', '.join(choices)}")


def line(default: str) -> Parameter:
    return Parameter(default, is_line, "text in one line")


def text(default: str) -> Parameter:
    return Parameter(default, lambda value: isinstance(value, str), "text")


def yes_or_no() -> Parameter:
    return Parameter(default=False, is_right=lambda v: isinstance(v, bool), wanted="true or false")


def filled_in(kind: str, known: Mapping[str, Parameter], values: Parameters) -> dict[str, Any]:
    """The defaults, updated with `values`. Raises FaultError for an unknown or invalid value."""
    for name, value in values.items():
        if name not in known:
            takes = ", ".join(known) or "no parameters of its own"
            raise FaultError(f'The fault "{kind}" knows no "{name}"; it takes {takes}.')
        if not known[name].is_right(value):
            raise FaultError(f'The "{name}" of the fault "{kind}" must be {known[name].wanted}.')
    return {name: parameter.default for name, parameter in known.items()} | dict(values)
