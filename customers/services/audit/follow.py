"""Follow a log: every entry after a position, in order, as they are written."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection

from customers.database.retry import LOST
from customers.services.audit.followed_log import FollowedLog
from customers.services.audit.position import LogPosition

_BATCH = 500


class NotThisLog(Exception):
    """The position belongs to another log, such as the one before a restore."""


def new_rows(
    log: FollowedLog, start: LogPosition, say: Callable[[str], None]
) -> Iterator[Sequence[Any]]:
    """Batches of rows for ever; an empty one when there is nothing new, so that the caller can
    wait. Only at the start does a database that is away raise. Raises NotThisLog."""
    position, is_away = start, False
    _check(log, position, say)
    while True:
        try:
            if is_away:  # it may come back as a backup of itself
                _check(log, position, say)
            rows = log.rows_after(position.number, _BATCH)
        except LOST as exc:
            if not is_away:
                say(f"The database is away ({type(exc).__name__}); trying until it is back.")
            connection.close()
            rows, is_away = [], True
        else:
            if is_away:
                say("The database is back.")
            is_away = False
        yield rows
        if rows:
            position = log.position_of(rows[-1])


def _check(log: FollowedLog, position: LogPosition, say: Callable[[str], None]) -> None:
    number, last = position.number, log.last_number()
    if number > last:
        raise NotThisLog(
            f"Number {number} was exported, but the log ends with {last}. Was a backup restored?"
        )
    row = log.find(number)
    if row is None:
        _say_what_is_gone(log, number, say)
    elif position.mark and log.position_of(row) != position:
        raise NotThisLog(
            f"Number {number} is not the entry that was exported. Was a backup restored?"
        )


def _say_what_is_gone(log: FollowedLog, number: int, say: Callable[[str], None]) -> None:
    """Whoever starts at the beginning has missed nothing."""
    first = log.first_number()
    if number and first > number + 1:
        say(f"Numbers {number + 1} to {first - 1} were removed before they were exported.")
