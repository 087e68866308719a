"""How far a log was followed, kept in a file."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO


class Unusable(Exception):
    """The message says what is wrong with the file."""


@dataclass(frozen=True, slots=True)
class LogPosition:
    """`mark` tells the entry from another that has its number after a restore; empty if unknown."""

    number: int = 0
    mark: str = ""


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Two processes with one file would each write every line."""
    with _opened(Path(f"{path}.lock")) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            raise Unusable(f"Another process already follows with {path}.") from exc
        yield


def read_position(path: Path) -> LogPosition | None:
    """None if there is no file yet."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return LogPosition(int(kept["number"]), str(kept["mark"]))
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise _unusable(path, exc) from exc
    except (ValueError, TypeError, KeyError) as exc:
        raise Unusable(f"{path} does not hold a position that an export wrote.") from exc


def write_position(path: Path, position: LogPosition) -> None:
    """Whole or not at all, even if the machine loses its power."""
    written = Path(f"{path}.new")
    try:
        with written.open("w", encoding="utf-8") as file:
            json.dump(asdict(position), file)
            file.flush()
            os.fsync(file.fileno())
        written.replace(path)
    except OSError as exc:
        raise _unusable(path, exc) from exc


def _opened(path: Path) -> TextIO:
    try:
        return path.open("w")
    except OSError as exc:
        raise _unusable(path, exc) from exc


def _unusable(path: Path, exc: OSError) -> Unusable:
    return Unusable(f"{path} cannot be used: {exc.strerror}.")
