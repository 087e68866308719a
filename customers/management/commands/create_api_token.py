from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from customers.management.arguments import active_user, as_utf8, duration, example
from customers.services.tokens.authenticate import tokens_work
from customers.services.tokens.networks import (
    MOST_NETWORKS,
    BadNetwork,
    TooManyNetworks,
    read_networks,
)
from customers.services.tokens.new_tokens import TooLong, make_token
from customers.services.tokens.scopes import Scope
from customers.services.wording.durations import duration_words
from customers.upstream.clean_text import clean_line

_LONGEST_NAME = 100


class Command(BaseCommand):
    help = (
        "Create an API token of USERNAME's, and print it. It is alone on stdout, and nothing shows "
        "it again: the database holds a hash. It reads what USERNAME may see."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="USERNAME")
        parser.add_argument(
            "--name",
            metavar="N",
            required=True,
            help="of the program; the disclosure log shows it",
        )
        parser.add_argument(
            "--scope",
            metavar="S",
            choices=[scope.value for scope in Scope],
            action="append",
            required=True,
            help="read (the present), history (the past) or check (may ask Catalyze); may be "
            "repeated",
        )
        parser.add_argument(
            "--expires",
            metavar="7d",
            type=duration,
            required=True,
            help="how long it is valid, at most API_TOKEN_MAX_AGE",
        )
        parser.add_argument(
            "--address",
            metavar="A",
            action="append",
            default=[],
            help="only from this IP address or network, such as 10.0.0.0/8; may be repeated",
        )
        example(parser, "create_api_token ana --name 'nightly report' --scope read --expires 7d")

    def handle(self, *args: Any, **options: Any) -> None:
        user = active_user(options["username"])
        if not tokens_work(user):
            raise CommandError(
                f"{user.get_username()} may not open pages (staff who may view customers can), or "
                "has not signed in at the sign-in provider recently, so their token would be "
                "refused."
            )
        try:
            made = make_token(
                user,
                _name(options["name"]),
                options["scope"],
                options["expires"],
                addresses=_networks(options["address"]),
            )
        except TooLong as exc:
            longest = duration_words(settings.API_TOKEN_MAX_AGE)
            raise CommandError(
                f"--expires must be more than 0s and at most {longest} (API_TOKEN_MAX_AGE)."
            ) from exc
        end = f"{timezone.localtime(made.row.expires_at):%Y-%m-%d %H:%M %Z}"
        self.stderr.write(f"Token {made.row.pk} is valid until {end}. It is not shown again.")
        self.stdout.write(made.text)


def _name(text: str) -> str:
    name = clean_line(as_utf8(text))
    if not name or len(name) > _LONGEST_NAME:
        raise CommandError(f"--name must have 1 to {_LONGEST_NAME} characters.")
    return name


def _networks(texts: list[str]) -> list[str]:
    try:
        return read_networks(" ".join(texts))
    except BadNetwork as exc:
        raise CommandError(f"--address {str(exc)!r} is not an IP address or network.") from exc
    except TooManyNetworks as exc:
        raise CommandError(f"--address can be repeated up to {MOST_NETWORKS} times.") from exc
