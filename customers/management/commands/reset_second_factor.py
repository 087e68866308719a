from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import active_user, example
from customers.services.accounts.second_factor import remove_second_factor


class Command(BaseCommand):
    help = (
        "Remove USERNAME's second factor and recovery codes, and end their sessions. The password "
        "alone signs in until another factor is set up. Make sure first that the request comes "
        "from them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        example(parser, "reset_second_factor ana")

    def handle(self, *args: Any, **options: Any) -> None:
        user = active_user(options["username"])
        if not remove_second_factor(user):
            raise CommandError(f"{user.get_username()} has no second factor.")
        self.stdout.write(f"Removed the second factor of {user.get_username()}.")
