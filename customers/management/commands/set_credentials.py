import os
import sys
from getpass import getpass
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import active_user, example
from customers.models import Credentials
from customers.services.credentials.store import paste, save_pasted
from customers.services.wording.messages import said
from customers.upstream.errors import BadSecret, SessionExpired
from customers.upstream.secrets import api_key_warning


class Command(BaseCommand):
    help = (
        "Store USERNAME's own API key and session token, encrypted. They are read from "
        "CATALYZE_API_KEY and CATALYZE_SESSION_TOKEN in the environment, or prompted for; never "
        "taken from the command line. Before they replace stored ones, Catalyze is asked whether "
        "it accepts them; a user's first ones are tested by check_credentials or the first check."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        example(parser, "set_credentials ana")

    def handle(self, *args: Any, **options: Any) -> None:
        user = active_user(options["username"])
        try:
            api_key = self._secret("CATALYZE_API_KEY", "API key: ")
            token = self._secret("CATALYZE_SESSION_TOKEN", "Session token: ")
            replaces = Credentials.objects.filter(user_id=user.pk).exists()
            (paste if replaces else save_pasted)(user, api_key, token)
        except BadSecret as exc:
            raise CommandError(f"{said(exc.message)} Nothing was stored.") from exc
        except SessionExpired as exc:
            raise CommandError(f"{said(exc.message)} Nothing was changed.") from exc
        if warning := api_key_warning(api_key.strip()):
            self.stderr.write(said(warning))
        self.stdout.write(f"Stored the credentials of {user.get_username()}.")

    def _secret(self, variable: str, prompt: str) -> str:
        if variable in os.environ:
            return os.environ[variable]
        if not sys.stdin.isatty():
            raise CommandError(f"{variable} is not set, and there is no terminal to ask on.")
        return getpass(prompt)
