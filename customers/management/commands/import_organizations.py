"""Add and update organizations from a CSV file."""

import io
import sys
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.services.organizations.csv_import import BadFile, ImportReport, import_organizations
from customers.services.wording.messages import said
from customers.upstream.clean_text import clean_line


class Command(BaseCommand):
    help = (
        "Add and update organizations from a CSV file in UTF-8 whose first line is "
        "org_id,name,description. Bad rows are reported with their line number; the rest is "
        "imported. An empty name or description keeps the current one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.csv", help="the file, or - for standard input")
        example(parser, "import_organizations organizations.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self._import(options["file"])
        for line, why in report.refused:
            self.stderr.write(f"line {line}: {said(why)}")
        self.stdout.write(
            f"{report.added} added, {report.updated} updated, {report.unchanged} unchanged, "
            f"{len(report.refused)} refused."
        )
        if report.refused:
            raise CommandError(f"{len(report.refused)} rows were refused; the rest was imported.")

    def _import(self, path: str) -> ImportReport:
        try:
            with self._opened(path) as file:
                return import_organizations(file)
        except OSError as exc:
            raise CommandError(f"{clean_line(path)} cannot be read: {exc.strerror}.") from exc
        except BadFile as exc:
            raise CommandError(
                f"{clean_line(path)}: {said(exc.message)} Nothing was imported."
            ) from exc

    def _opened(self, path: str) -> io.TextIOWrapper:
        raw = sys.stdin.buffer if path == "-" else io.BufferedReader(io.FileIO(path))
        return io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
