"""Write a log to standard output as it grows, until a signal ends it."""

import select
import signal
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import at_least, duration
from customers.services.audit.exports import record_export
from customers.services.audit.follow import NotThisLog, new_rows
from customers.services.audit.followed_log import FollowedLog
from customers.services.audit.position import (
    LogPosition,
    Unusable,
    held,
    read_position,
    write_position,
)
from customers.services.wording.csv_and_jsonl import json_lines

_SIGNALS = {signal.SIGTERM, signal.SIGINT}
_LARGEST_NUMBER = 2**63 - 1
_GONE = select.POLLERR | select.POLLHUP
_NARROWING = ("since", "until", "org", "user")
_NOT_FOLLOWED = ("until", "org", "user")
_ONLY_FOLLOWED = ("after", "state")


def follow_arguments(parser: CommandParser) -> None:
    group = parser.add_argument_group("to send the log elsewhere as it grows")
    group.add_argument(
        "--follow",
        action="store_true",
        help="write JSON lines, wait for new entries, and end with SIGTERM or Ctrl-C",
    )
    start = group.add_mutually_exclusive_group()
    start.add_argument(
        "--after",
        metavar="NUMBER",
        type=at_least(0, _LARGEST_NUMBER),
        help="begin after the last entry that you have (0: with the first)",
    )
    start.add_argument(
        "--state",
        metavar="FILE",
        type=Path,
        help="note in FILE what was written last, and continue there at the next start",
    )
    group.add_argument(
        "--every",
        metavar="2s",
        type=_pause,
        default=timedelta(seconds=2),
        help="look for new entries this often (2s)",
    )


def note_export(what: str, format_: str, options: dict[str, Any]) -> None:
    """Record that a log is exported as a whole or in part. Raises CommandError."""
    for name in _ONLY_FOLLOWED:
        if options[name] is not None:
            raise CommandError(f"--{name} needs --follow.")
    record_export(what, format_, options=_given(options, _NARROWING))


def follow_log(command: BaseCommand, what: str, log: FollowedLog, options: dict[str, Any]) -> None:
    """Raises CommandError, and BrokenPipeError once nobody reads any more."""
    _require_fitting(options)
    state = options["state"]
    try:
        with held(state) if state else nullcontext(), _ended_by_signals() as is_ended:
            given = _given(options, ("since", "after"))
            record_export(what, "jsonl", options={"follow": True} | given)
            for rows in new_rows(log, _start(log, options), command.stderr.write):
                _write(command, log, rows)
                if rows and state:
                    write_position(state, log.position_of(rows[-1]))
                if is_ended(0 if rows else options["every"].total_seconds()):
                    return
    except (NotThisLog, Unusable) as exc:
        raise CommandError(str(exc)) from exc


def _require_fitting(options: dict[str, Any]) -> None:
    for name in _NOT_FOLLOWED:
        if options.get(name):
            raise CommandError(f"--{name} does not go with --follow, which writes every entry.")
    if options.get("format") == "csv":
        raise CommandError("--format csv does not go with --follow, which writes JSON lines.")
    if options["since"] and options["after"] is not None:
        raise CommandError("--since and --after both say where to begin; give one of them.")


def _given(options: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    given = {name: options[name] for name in names if options.get(name) not in (None, [])}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in given.items()
    }


def _start(log: FollowedLog, options: dict[str, Any]) -> LogPosition:
    kept = read_position(options["state"]) if options["state"] else None
    if kept:
        return kept
    if options["since"]:
        return log.position_before(options["since"])
    return LogPosition(options["after"] or 0)


@contextmanager
def _ended_by_signals() -> Iterator[Callable[[float], bool]]:
    """Signals wait until they are asked for, so that none comes between a line and its position."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield lambda seconds: signal.sigtimedwait(_SIGNALS, seconds) is not None
    finally:
        while signal.sigtimedwait(_SIGNALS, 0):  # a second Ctrl-C
            pass
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _write(command: BaseCommand, log: FollowedLog, rows: Any) -> None:
    if rows:
        command.stdout.write("".join(json_lines(map(log.line, rows))), ending="")
        command.stdout.flush()
    elif _is_abandoned(command.stdout.fileno()):
        raise BrokenPipeError


def _is_abandoned(output: int) -> bool:
    """Whether the reader has gone; otherwise only the next entry would tell."""
    poll = select.poll()
    poll.register(output, 0)
    return any(event & _GONE for _, event in poll.poll(0))


def _pause(text: str) -> timedelta:
    pause: timedelta = duration(text)
    if not pause:
        raise ArgumentTypeError("0s is no pause; 1s is the shortest.")
    return pause
