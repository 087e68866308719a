"""Export the disclosure log for an auditor."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example, org_id, point_in_time
from customers.services.disclosures.log_export import LOG_COLUMNS, entries_between
from customers.services.wording.csv_and_jsonl import csv_lines, json_lines


class Command(BaseCommand):
    help = (
        "Write who was shown which organization's billing, when, where and how old it was, one "
        "entry per line, oldest first. It names users and organizations and contains no billing "
        "data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        form = "such as 2026-11-01 or 2026-11-01T08:30, in TIME_ZONE"
        parser.add_argument(
            "--since", metavar="WHEN", type=point_in_time, help=f"from then on, {form}"
        )
        parser.add_argument(
            "--until", metavar="WHEN", type=point_in_time, help=f"before then, {form}"
        )
        parser.add_argument(
            "--org",
            metavar="ORG_ID",
            type=org_id,
            action="append",
            default=[],
            help="only this organization; may be repeated",
        )
        parser.add_argument(
            "--user",
            metavar="U",
            action="append",
            default=[],
            help="only who has this username or had it then; may be repeated",
        )
        parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
        example(parser, "export_disclosures --since 2026-10-01 --until 2026-11-01 > october.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = entries_between(options["since"], options["until"], options["org"], options["user"])
        is_csv = options["format"] == "csv"
        for line in csv_lines(LOG_COLUMNS, rows) if is_csv else json_lines(rows):
            self.stdout.write(line, ending="")
