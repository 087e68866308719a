from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example, known_user
from customers.models.oidc_identity import LONGEST_SUBJECT
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.identities import AlreadyConnected, connect, disconnect


class Command(BaseCommand):
    help = (
        "Let a user sign in at the provider of OIDC_ISSUER as SUBJECT: what the provider's "
        "id tokens call them in “sub”, not their name or e-mail address. Replaces an earlier "
        "SUBJECT of the user. The user's API tokens pause until they have signed in there. "
        "--remove ends the connection, and the sessions that began with it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("subject", metavar="SUBJECT", nargs="?")
        what.add_argument("--remove", action="store_true", help="end the connection")
        example(parser, "link_oidc ana 248289761001")

    def handle(self, *args: Any, **options: Any) -> None:
        sso: SingleSignOn | None = settings.OIDC
        if sso is None:
            raise CommandError("OIDC_ISSUER is not set, so there is nothing to connect with.")
        user = known_user(options["username"])
        if options["remove"]:
            was_connected = disconnect(user, sso)
            self.stdout.write("Disconnected." if was_connected else "There was no connection.")
            return
        subject = options["subject"]
        if not 0 < len(subject) <= LONGEST_SUBJECT:
            raise CommandError(f"SUBJECT must have 1 to {LONGEST_SUBJECT} characters.")
        try:
            connect(user, sso, subject)
        except AlreadyConnected as exc:
            raise CommandError("Another user is connected with this SUBJECT.") from exc
        self.stdout.write(f"{user} can now sign in at {sso.name}.")
