"""Write rows as lines of CSV or JSON, safe to open in a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any

# Spreadsheets read text with such a start as a formula.
_FORMULA_STARTS = (
    *("=", "+", "-", "@", "|", "\t", "\r", "\n"),
    *("\uff1d", "\uff0b", "\uff0d", "\uff20"),  # the same, full width
)
# What can hide in front of it: spaces of all kinds and zero-width marks.
_INVISIBLE = re.compile(r"^[ \u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]+")

_MONTHS = "jan|feb|m[aä]r|mrz|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]"
# Texts that Excel takes for a number, a date, a time or a boolean. None can contain a quote.
_READ_BY_EXCEL = re.compile(
    r"(?=.{1,255}\Z)[ .,($€£]*[0-9][0-9 .,:/()%$€£+-]*(?:e[+-]?[0-9]+)?"
    rf"|(?:[0-9]{{1,2}}[ ./-]*)?(?:{_MONTHS})[a-zä]{{0,7}}[ ./-]*[0-9]{{1,4}}(?:[ ,]+[0-9]{{2,4}})?"
    rf"|[0-9]{{1,2}}[ ./-]*(?:{_MONTHS})[a-zä]{{0,7}}"
    r"|[0-9]{1,2}(?::[0-9]{2})* ?[ap]m?"
    r"|true|false|wahr|falsch",
    re.IGNORECASE,
)
_Cell = Callable[[str, Any], str]  # from column and value


class Number(str):
    """A number as text; spreadsheets do not run it, even if it begins with a minus sign."""

    __slots__ = ()


def file_lines(
    format_: str,
    columns: Sequence[str],
    rows: Iterable[dict[str, Any]],
    *,
    texts: Collection[str] = (),
) -> Iterator[str]:
    """In `format_` csv, excel or jsonl; `texts` are the columns that Excel is to read as texts."""
    if format_ == "jsonl":
        return json_lines(rows)
    if format_ == "excel":
        return excel_lines(columns, rows, texts=texts)
    return csv_lines(columns, rows)


def csv_lines(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A header and one record per row, with CRLF."""
    return _records(columns, rows, lambda _column, value: _cell(value))


def excel_lines(
    columns: Sequence[str], rows: Iterable[dict[str, Any]], *, texts: Collection[str]
) -> Iterator[str]:
    """CSV for Excel: byte order mark, and `="0007"` for `texts` that look like numbers or dates."""

    def cell(column: str, value: Any) -> str:
        plain = _cell(value)
        is_text = column in texts and _is_text(value)
        return f'="{plain}"' if is_text and _READ_BY_EXCEL.fullmatch(plain) else plain

    yield "\ufeff"
    yield from _records(columns, rows, cell)


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def tab_separated(values: Iterable[Any]) -> str:
    """One line to paste into a spreadsheet; no cell can spill into another."""
    return "\t".join(map(_pasted_cell, values))


def _pasted_cell(value: Any) -> str:
    """Spreadsheets read a cell that starts with a quote up to the next, over tabs and lines."""
    one_line = " ".join(value.split()) if _is_text(value) else value
    plain = _cell(one_line)
    doubled = plain.replace('"', '""')
    return f'"{doubled}"' if plain.startswith('"') else plain


def _records(columns: Sequence[str], rows: Iterable[dict[str, Any]], cell: _Cell) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(column, value) for column, value in row.items()])
        yield _drain(buffer)
    yield _drain(buffer)


def _drain(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _cell(value: Any) -> str:
    """A CSV cell; an apostrophe precedes text that a spreadsheet would run as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if _is_text(value) and _INVISIBLE.sub("", value).startswith(_FORMULA_STARTS):
        return f"'{value}"
    return str(value)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, Number)
