import io
import sys
from collections.abc import Callable
from typing import Any, TextIO, TypeVar

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.services.organizations.csv_import import (
    ImportPlan,
    ImportReport,
    PlannedRow,
    import_organizations,
    plan_import,
)
from customers.services.organizations.csv_rows import BadFile
from customers.services.wording.messages import said
from customers.upstream.clean_text import clean_line

_Read = TypeVar("_Read", ImportPlan, ImportReport)


class Command(BaseCommand):
    help = (
        "Add and update organizations from a CSV file in UTF-8 whose first line is "
        "org_id,name,description. Bad rows are reported with their line number; the rest is "
        "imported. An empty name or description keeps the current one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="the file, or - for standard input")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what each line would do, and change nothing"
        )
        example(parser, "import_organizations organizations.csv --dry-run")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dry_run"]:
            plan = self._read(options["file"], plan_import)
            self._say_plan(plan)
            report, left_out = plan.report, "would be refused"
        else:
            report, left_out = self._read(options["file"], import_organizations), "refused"
        for line, reason in report.refused:
            self.stderr.write(f"line {line}: {said(reason)}")
        self.stdout.write(
            f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
            f"{len(report.refused)} refused."
            + (" Nothing was changed: this was a dry run." if options["dry_run"] else "")
        )
        if report.refused:
            rest = "" if options["dry_run"] else "; the rest was imported"
            raise CommandError(f"{len(report.refused)} rows {left_out}{rest}.")

    def _say_plan(self, plan: ImportPlan) -> None:
        for row in sorted([*plan.added, *plan.changed], key=lambda row: row.line):
            self.stdout.write(f"line {row.line}: {row.act} {_in_words(row)}")

    def _read(self, path: str, read: Callable[[TextIO], _Read]) -> _Read:
        try:
            with self._opened(path) as file:
                return read(file)
        except OSError as exc:
            raise CommandError(f"{clean_line(path)} cannot be read: {exc.strerror}.") from exc
        except BadFile as exc:
            raise CommandError(
                f"{clean_line(path)}: {said(exc.message)} Nothing was imported."
            ) from exc

    def _opened(self, path: str) -> io.TextIOWrapper:
        raw = sys.stdin.buffer if path == "-" else io.BufferedReader(io.FileIO(path))
        return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")


def _in_words(row: PlannedRow) -> str:
    """`north: "North" (was "Nord")`."""
    parts = ((row.name, row.name_before), (row.description, row.description_before))
    texts = [_change(before, after) for after, before in parts if after != before]
    return f"{row.org_id}: {', '.join(texts)}" if texts else row.org_id


def _change(before: str, after: str) -> str:
    was = f' (was "{clean_line(before)}")' if before else ""
    return f'"{clean_line(after)}"{was}'
