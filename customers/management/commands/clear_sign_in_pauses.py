"""End sign-in pauses."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import active_user, example
from customers.services.accounts.passwords import limits_of
from customers.services.accounts.pauses import end_pauses


class Command(BaseCommand):
    help = (
        "Reset the counts of wrong passwords and end the pauses they caused, for USERNAME or for "
        "all usernames and addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME", nargs="?", default="")
        example(parser, "clear_sign_in_pauses ana")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["username"]
        ended = end_pauses(limits_of(active_user(name))) if name else end_pauses()
        self.stdout.write(f"Ended {ended} pauses.")
