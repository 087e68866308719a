from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import active_user, example
from customers.models import SecurityEvent
from customers.services.accounts.passwords import limits_of
from customers.services.accounts.pauses import end_pauses
from customers.services.accounts.security_events import record_event


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
        user = active_user(name) if name else None
        ended = end_pauses(limits_of(user)) if user else end_pauses()
        record_event(SecurityEvent.Code.PAUSES_ENDED, user=user, detail={"pauses": ended})
        self.stdout.write(f"Ended {ended} pauses.")
