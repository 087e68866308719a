"""Tell the portal of organizations: one by one, or from a CSV file."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TextIO

from django.db import transaction

from customers.models import Organization
from customers.services.access.organization_names import register_organizations, save_all, take_over
from customers.upstream.clean_text import clean_line, clean_lines
from customers.upstream.errors import BadOrgId
from customers.upstream.message import Message, MessageError
from customers.upstream.org_id import clean_org_id

HEADER = ["org_id", "name", "description"]
_LONGEST_NAME = 255
_LONGEST_DESCRIPTION = 10_000
_BATCH = 500
_MOST_LINES_OF_A_ROW = 50


class BadFile(MessageError):
    """Nothing of the file can be imported; the message says why."""


class _BadRow(MessageError):
    """A row is left out; the message says why."""


@dataclass(slots=True)
class ImportReport:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    # (line number, why) of each row that was left out
    refused: list[tuple[int, Message]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    org_id: str
    name: str
    description: str


def import_organizations(file: TextIO) -> ImportReport:
    """Add and update organizations from a CSV file with the header org_id,name,description.

    `file` is opened with encoding utf-8-sig, errors surrogateescape and newline "". An empty name
    or description leaves what is known. Raises BadFile if the header is wrong; a bad row is
    reported and the rest is imported.
    """
    report = ImportReport()
    rows = _rows(file, report)
    while batch := list(islice(rows, _BATCH)):
        _import_batch(batch, report)
    return report


def _rows(file: TextIO, report: ImportReport) -> Iterator[_Row]:
    """The good rows; the bad ones go into the report."""
    records = _records(file)
    _check_header(records)
    first_lines: dict[str, int] = {}
    for line, cells in records:
        try:
            if isinstance(cells, Message):
                report.refused.append((line, cells))
                continue
            if not any(cell.strip() for cell in cells):
                continue
            row = _row(line, cells)
            if row.org_id in first_lines:
                raise _BadRow("org_id_repeated", line=first_lines[row.org_id])
        except (_BadRow, BadOrgId) as exc:
            report.refused.append((line, exc.message))
            continue
        first_lines[row.org_id] = line
        yield row


def _records(file: TextIO) -> Iterator[tuple[int, list[str] | Message]]:
    """The records with the lines they start on; for a line that starts none, why not.

    A quoted cell may hold line breaks. If it is not closed within a few lines, or what closes it
    makes no whole row, the quote was a slip of that one line, and the next line starts anew.
    """
    lines = enumerate(file, 1)
    ahead: deque[tuple[int, str]] = deque()
    while ahead or (ahead := deque(islice(lines, 1))):
        number, text = ahead.popleft()
        taken, found = 0, _parsed([text])
        while isinstance(found, Message) and taken < _MOST_LINES_OF_A_ROW:
            if taken == len(ahead):
                ahead.extend(islice(lines, 1))
            if taken == len(ahead):
                break
            taken += 1
            found = _parsed([text, *(line for _, line in islice(ahead, taken))])
        if taken and (isinstance(found, Message) or len(found) != len(HEADER)):
            taken, found = 0, _parsed([text])
        for _ in range(taken):
            ahead.popleft()
        yield number, found


def _parsed(lines: list[str]) -> list[str] | Message:
    """The cells of one record, or why the lines are not exactly one."""
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


def _row(line: int, cells: list[str]) -> _Row:
    if len(cells) != len(HEADER):
        raise _BadRow("wrong_columns", count=len(cells), wanted=len(HEADER))
    org_id, name, description = cells
    return _Row(
        line,
        clean_org_id(org_id),
        clean_line(_fitting("name", name, _LONGEST_NAME)),
        clean_lines(_fitting("description", description, _LONGEST_DESCRIPTION)),
    )


def _fitting(column: str, cell: str, longest: int) -> str:
    """The cell, unless it is too long or holds what was written in another encoding."""
    text = cell.strip()
    if len(text) > longest:
        raise _BadRow(f"{column}_too_long", length=len(text), most=longest)
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise _BadRow(f"{column}_not_utf8")
    return text


def _import_batch(batch: list[_Row], report: ImportReport) -> None:
    with transaction.atomic():
        known = {
            row.org_id: row
            for row in Organization.objects.select_for_update()
            .filter(org_id__in=[row.org_id for row in batch])
            .order_by("org_id")
        }
        new = sorted((row for row in batch if row.org_id not in known), key=lambda row: row.org_id)
        register_organizations((row.org_id, row.name, row.description) for row in new)
        changed = [
            known[row.org_id]
            for row in batch
            if row.org_id in known and take_over(known[row.org_id], row.name, row.description)
        ]
        save_all(changed)
    report.added += len(new)
    report.updated += len(changed)
    report.unchanged += len(batch) - len(new) - len(changed)
