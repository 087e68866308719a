"""Import organizations from a CSV file: say what it would do, and do exactly that."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice
from typing import TextIO

from django.db import transaction

from customers.models import Organization
from customers.services.access.organization_names import register_organizations, save_all, take_over
from customers.services.organizations.csv_rows import CsvRow, RefusedRow, read_rows

_BATCH = 500


class Act(StrEnum):
    ADD = "add"
    CHANGE = "change"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row does. An empty name or description in the file keeps the present one."""

    line: int
    act: Act
    org_id: str
    name: str
    description: str
    name_before: str = ""
    description_before: str = ""

    @property
    def is_same_text(self) -> bool:
        """Only whose name it is changes: that of Catalyze becomes the operators' own."""
        before = (self.name_before, self.description_before)
        return self.act is Act.CHANGE and (self.name, self.description) == before


@dataclass(slots=True)
class ImportReport:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    # line number and reason of each row left out
    refused: list[RefusedRow] = field(default_factory=list)

    def count(self, rows: Sequence[PlannedRow]) -> None:
        self.added += sum(row.act is Act.ADD for row in rows)
        self.updated += sum(row.act is Act.CHANGE for row in rows)
        self.unchanged += sum(row.act is Act.KEEP for row in rows)


@dataclass(slots=True)
class ImportPlan:
    """What an import would do now; of each act, the first `most` rows are listed."""

    most: int | None
    report: ImportReport = field(default_factory=ImportReport)
    added: list[PlannedRow] = field(default_factory=list)
    changed: list[PlannedRow] = field(default_factory=list)
    batches: list[str] = field(default_factory=list)  # a hash of each, in order

    @property
    def digest(self) -> str:
        return _hash(self.batches)

    def note(self, rows: Sequence[PlannedRow]) -> None:
        self.report.count(rows)
        self.batches.append(_hash(rows))
        for listed, act in ((self.added, Act.ADD), (self.changed, Act.CHANGE)):
            found = [row for row in rows if row.act is act]
            listed.extend(found if self.most is None else found[: self.most - len(listed)])


class ChangedMeanwhile(Exception):
    """Organizations have changed since the import was planned; `report` is what was done."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__("The organizations have changed since the import was planned.")
        self.report = report


def plan_import(file: TextIO, most: int | None = None) -> ImportPlan:
    """Change nothing. Raises BadFile; read_rows() says how to open `file`."""
    plan = ImportPlan(most)
    for batch in _batches(file, plan.report):
        plan.note(_planned(batch, _known(batch)))
    return plan


def import_organizations(file: TextIO, as_planned: Sequence[str] | None = None) -> ImportReport:
    """A bad row goes into the report, and the others are imported. With the `batches` of a plan,
    raises ChangedMeanwhile before anything unplanned is done. Raises BadFile; see read_rows()."""
    report = ImportReport()
    for number, batch in enumerate(_batches(file, report)):
        with transaction.atomic():
            known = _known(batch, lock=True)
            rows = _planned(batch, known)
            if as_planned is not None and as_planned[number : number + 1] != [_hash(rows)]:
                raise ChangedMeanwhile(report)
            _write(rows, known)
        report.count(rows)
    return report


def _batches(file: TextIO, report: ImportReport) -> Iterator[list[CsvRow]]:
    """The valid rows; the others go into the report."""

    def valid() -> Iterator[CsvRow]:
        for row in read_rows(file):
            if isinstance(row, RefusedRow):
                report.refused.append(row)
            else:
                yield row

    rows = valid()
    return iter(lambda: list(islice(rows, _BATCH)), [])


def _known(batch: Sequence[CsvRow], *, lock: bool = False) -> dict[str, Organization]:
    rows = Organization.objects.filter(org_id__in=[row.org_id for row in batch])
    rows = rows.select_for_update() if lock else rows
    return {row.org_id: row for row in rows.order_by("org_id")}


def _planned(batch: Sequence[CsvRow], known: dict[str, Organization]) -> list[PlannedRow]:
    """Known organizations are changed in memory."""
    return [
        _of_known(row, known[row.org_id]) if row.org_id in known else _new(row) for row in batch
    ]


def _new(row: CsvRow) -> PlannedRow:
    return PlannedRow(row.line, Act.ADD, row.org_id, row.name, row.description)


def _of_known(row: CsvRow, organization: Organization) -> PlannedRow:
    before = organization.name, organization.description
    is_changed = take_over(organization, row.name, row.description)
    act = Act.CHANGE if is_changed else Act.KEEP
    after = organization.name, organization.description
    return PlannedRow(row.line, act, row.org_id, *after, *before)


def _write(rows: Sequence[PlannedRow], known: dict[str, Organization]) -> None:
    new = sorted((row for row in rows if row.act is Act.ADD), key=lambda row: row.org_id)
    register_organizations(
        ((row.org_id, row.name, row.description) for row in new), are_imported=True
    )
    save_all([known[row.org_id] for row in rows if row.act is Act.CHANGE])


def _hash(parts: Sequence[object]) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode(errors="surrogatepass")).hexdigest()
