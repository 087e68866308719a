from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import active_user, example
from customers.services.disclosures.declared import discloses
from customers.services.lists.export import export
from customers.services.lists.listing import Listed, list_customers
from customers.services.lists.worklists import BY_KEY


class Command(BaseCommand):
    help = (
        "Write every organization that the user may see to standard output, one row each. In csv, "
        "text that a spreadsheet would run as a formula is prefixed with an apostrophe; in jsonl, "
        "unknown values are null."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user", metavar="U", required=True, help="export what this user may see"
        )
        parser.add_argument(
            "--worklist",
            metavar="W",
            choices=sorted(BY_KEY),
            default="",
            help=f"only this worklist: {', '.join(BY_KEY)}",
        )
        parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
        example(parser, "export_customers --user ana --worklist expired > expired.csv")

    @discloses("command")
    def handle(self, *args: Any, **options: Any) -> None:
        user = active_user(options["user"])
        customers = list_customers(user, Listed(worklist=options["worklist"]))
        for line in export(user, customers, options["format"], "command"):
            self.stdout.write(line, ending="")
