from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import active_user, example
from customers.services.checking.release_held import accept_mass_change


class Command(BaseCommand):
    help = (
        "Believe the answers of a sync that are held because they say of too many organizations "
        "that there is no payment method any more. USERNAME is who has made sure that it is true, "
        "and stands in the record."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        example(parser, "accept_mass_change ana")

    def handle(self, *args: Any, **options: Any) -> None:
        count = accept_mass_change(active_user(options["username"]))
        self.stdout.write(f"Accepted {count} answers." if count else "No answers are held.")
