from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example, org_id, period_arguments
from customers.management.following import follow_arguments, follow_log, note_export
from customers.services.audit.exported_logs import disclosure_log
from customers.services.disclosures.log_export import LOG_COLUMNS, entries_between
from customers.services.wording.csv_and_jsonl import file_lines

_WHAT = "disclosures"


class Command(BaseCommand):
    help = (
        "Write who was shown which organization's billing, when, where and how old it was, one "
        "entry per line, oldest first. It names users and organizations and contains no billing "
        "data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        period_arguments(parser)
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
        parser.add_argument("--format", choices=("csv", "jsonl"), help="csv, unless followed")
        follow_arguments(parser)
        example(parser, "export_disclosures --since 2026-10-01 --until 2026-11-01 > october.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["follow"]:
            follow_log(self, _WHAT, disclosure_log(), options)
            return
        format_ = options["format"] or "csv"
        note_export(_WHAT, format_, options)
        rows = entries_between(options["since"], options["until"], options["org"], options["user"])
        for line in file_lines(format_, LOG_COLUMNS, rows):
            self.stdout.write(line, ending="")
