"""Read the rows of a CSV file of organizations, and say what is wrong with each bad one."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple, TextIO

from customers.upstream.clean_text import clean_line, clean_lines
from customers.upstream.errors import BadOrgId
from customers.upstream.message import Message, MessageError
from customers.upstream.org_id import clean_org_id

HEADER = ["org_id", "name", "description"]
_LONGEST_NAME = 255
_LONGEST_DESCRIPTION = 10_000
_MOST_LINES_OF_A_ROW = 50


class BadFile(MessageError):
    """Nothing in the file can be imported."""


class _BadRow(MessageError):
    """The row is left out, and the others are imported."""


@dataclass(frozen=True, slots=True)
class CsvRow:
    line: int
    org_id: str
    name: str
    description: str


class RefusedRow(NamedTuple):
    line: int
    reason: Message


def read_rows(file: TextIO) -> Iterator[CsvRow | RefusedRow]:
    """`file` is opened with utf-8-sig, errors surrogateescape and newline "". Raises BadFile."""
    records = _records(file)
    _check_header(records)
    first_lines: dict[str, int] = {}
    for line, cells in records:
        try:
            if isinstance(cells, Message):
                yield RefusedRow(line, cells)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            row = _row(line, cells)
            if row.org_id in first_lines:
                raise _BadRow("org_id_repeated", line=first_lines[row.org_id])
        except (_BadRow, BadOrgId) as exc:
            yield RefusedRow(line, exc.message)
            continue
        first_lines[row.org_id] = line
        yield row


def _records(file: TextIO) -> Iterator[tuple[int, list[str] | Message]]:
    """The records, or what is wrong with them, each with its first line.
    A quoted cell may hold line breaks. A quote that does not end within a few lines, or not in a
    complete row, counts as a typo in its line: the next record starts on the next line."""
    lines = enumerate(file, 1)
    ahead: deque[tuple[int, str]] = deque()
    while ahead or (ahead := deque(islice(lines, 1))):
        number, text = ahead.popleft()
        taken, found = 0, _parse_record([text])
        while isinstance(found, Message) and taken < _MOST_LINES_OF_A_ROW:
            if taken == len(ahead):
                ahead.extend(islice(lines, 1))
            if taken == len(ahead):
                break
            taken += 1
            found = _parse_record([text, *(line for _, line in islice(ahead, taken))])
        if taken and (isinstance(found, Message) or len(found) != len(HEADER)):
            taken, found = 0, _parse_record([text])
        for _ in range(taken):
            ahead.popleft()
        yield number, found


def _parse_record(lines: list[str]) -> list[str] | Message:
    """The cells, or an error unless the lines are exactly one record."""
    reader = csv.reader(lines, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error as exc:
        return Message.of("not_csv", trouble=str(exc))
    return cells if reader.line_num == len(lines) else Message("quote_not_closed")


def _check_header(records: Iterator[tuple[int, list[str] | Message]]) -> None:
    _, cells = next(records, (0, None))
    if cells is None:
        raise BadFile("file_empty")
    if isinstance(cells, Message):
        raise BadFile(f"file_{cells.code}", **dict(cells.params))
    if any("\x00" in cell for cell in cells):
        raise BadFile("file_in_utf16")
    header = [cell.strip().lower() for cell in cells]
    missing = [name for name in HEADER if name not in header]
    if missing:
        raise BadFile("header_lacks", names=" and ".join(missing))
    if header != HEADER:
        raise BadFile("header_in_other_order")


def _row(line: int, cells: list[str]) -> CsvRow:
    if len(cells) != len(HEADER):
        raise _BadRow("wrong_columns", count=len(cells), wanted=len(HEADER))
    org_id, name, description = cells
    return CsvRow(
        line,
        clean_org_id(org_id),
        clean_line(_checked_cell("name", name, _LONGEST_NAME)),
        clean_lines(_checked_cell("description", description, _LONGEST_DESCRIPTION)),
    )


def _checked_cell(column: str, cell: str, longest: int) -> str:
    text = cell.strip()
    if len(text) > longest:
        raise _BadRow(f"{column}_too_long", length=len(text), most=longest)
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise _BadRow(f"{column}_not_utf8")
    return text
