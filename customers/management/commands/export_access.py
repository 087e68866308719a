from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example, known_user
from customers.services.operations.access_review import export_access


class Command(BaseCommand):
    help = (
        "Write who may see what and since when, for an access review: for each user, one line per "
        "right, which is their account, staff and superuser status, groups, permissions, second "
        "factor, identity of single sign-on, Catalyze session, API tokens, and the number of "
        "organizations that Catalyze has proved to them within ACCESS_PROOF_TTL. It contains no "
        "billing data, and neither keys nor tokens."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--user",
            metavar="U",
            action="append",
            default=[],
            help="only this user; may be repeated",
        )
        parser.add_argument(
            "--proofs", action="store_true", help="also a line for each of those organizations"
        )
        parser.add_argument("--format", choices=("csv", "jsonl"), default="csv")
        example(parser, "export_access --proofs > access.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [known_user(name).get_username() for name in options["user"]]
        lines = export_access(options["format"], names, with_organizations=options["proofs"])
        for line in lines:
            self.stdout.write(line, ending="")
