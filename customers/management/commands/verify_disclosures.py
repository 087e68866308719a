"""Check that the disclosure log is as it was written."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.services.disclosures.chain import ChainBroken, verify_log


class Command(BaseCommand):
    help = (
        "Follow the chain of the disclosure log from its first entry to its end, and print how "
        "many entries hold together and the last one's hash. Exits non-zero if an entry was "
        "altered, removed or put in between. Note the hash outside the portal now and then, and "
        "give it as --head later: then even a log that was made anew as a whole is noticed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", metavar="HASH", default="", help="a hash noted earlier")
        example(parser, "verify_disclosures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verified = verify_log(options["head"])
        except ChainBroken as exc:
            raise CommandError(str(exc)) from exc
        if verified.pruned_at:
            self.stdout.write(
                f"Entries up to {verified.pruned_through} were removed by retention, last on "
                f"{verified.pruned_at:%Y-%m-%d}."
            )
        self.stdout.write(f"{verified.entries} entries hold together.")
        self.stdout.write(f"head {verified.head or 'none'}")
