"""Write rows as lines of CSV or JSON, safe to open in a spreadsheet. Pure: no database."""

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

# What a spreadsheet would read as a formula.
_FORMULA_STARTS = (
    *("=", "+", "-", "@", "|", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # the same, full width
)
# What may stand before it without being seen: spaces of all kinds and marks without width.
_UNSEEN = re.compile(r"^[ \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")

_MONTHS = "jan|feb|m[aä]r|mrz|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]"
# Texts that Excel takes for a number, a date, a time or a truth. None can hold a quote.
_READ_BY_EXCEL = re.compile(
    r"(?=.{1,255}\Z)[ .,($€£]*[0-9][0-9 .,:/()%$€£+-]*(?:e[+-]?[0-9]+)?"
    rf"|(?:[0-9]{{1,2}}[ ./-]*)?(?:{_MONTHS})[a-zä]{{0,7}}[ ./-]*[0-9]{{1,4}}(?:[ ,]+[0-9]{{2,4}})?"
    rf"|[0-9]{{1,2}}[ ./-]*(?:{_MONTHS})[a-zä]{{0,7}}"
    r"|[0-9]{1,2}(?::[0-9]{2})* ?[ap]m?"
    r"|true|false|wahr|falsch",
    re.IGNORECASE,
)
_Cell = Callable[[str, Any], str]  # of a column and a value


class Number(str):
    """The text of a number: no spreadsheet runs it, though it may begin with a minus sign."""

    __slots__ = ()


def csv_lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A header and one record a row, with CRLF."""
    return _records(columns, rows, lambda _column, value: _cell(value))


def excel_lines(
    columns: Sequence[str], rows: Iterable[dict[str, Any]], *, texts: Collection[str]
) -> Iterator[str]:
    """The same for Excel: with a byte order mark, by which it knows UTF-8, and `="0007"` in the
    columns `texts` for what it would take for a number or a date."""

    def cell(column: str, value: Any) -> str:
        plain = _cell(value)
        is_text = column in texts and _is_text(value)
        return f'="{plain}"' if is_text and _READ_BY_EXCEL.fullmatch(plain) else plain

    yield "\ufeff"
    yield from _records(columns, rows, cell)


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """One JSON object a line."""
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def _records(columns: Sequence[str], rows: Iterable[dict[str, Any]], cell: _Cell) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(column, value) for column, value in row.items()])
        yield _taken(buffer)
    yield _taken(buffer)


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
    if _is_text(value) and _UNSEEN.sub("", value).startswith(_FORMULA_STARTS):
        return f"'{value}"
    return str(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)
