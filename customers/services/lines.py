"""Write rows as lines of CSV or JSON, safe to open in a spreadsheet. Pure: no database."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

# What a spreadsheet would read as a formula.
_FORMULA_STARTS = (
    *("=", "+", "-", "@", "|", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # the same, full width
)
# What may stand before it without being seen: spaces of all kinds and marks without width.
_UNSEEN = re.compile(r"^[ \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")


class Number(str):
    """The text of a number: no spreadsheet runs it, though it may begin with a minus sign."""

    __slots__ = ()


def csv_lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A header and one record a row, with CRLF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
        yield _taken(buffer)
    yield _taken(buffer)


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> str:
    """A CSV cell; text that a spreadsheet would run as a formula is led by an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    is_text = isinstance(value, str) and not isinstance(value, Number)
    if is_text and _UNSEEN.sub("", value).startswith(_FORMULA_STARTS):
        return f"'{value}"
    return str(value)
