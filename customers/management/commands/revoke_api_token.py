from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet

from customers.management.arguments import at_least, example, known_user
from customers.models import ApiToken
from customers.services.tokens.stored_tokens import all_tokens, revoke, tokens_of, unended


class Command(BaseCommand):
    help = (
        "Revoke API tokens at once: those with the IDs that list_api_tokens shows, all of a user, "
        "or all of everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", metavar="ID", nargs="*", type=at_least(1, 10**18))
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--user", metavar="U", help="all of this user's")
        which.add_argument("--all", action="store_true", help="all of everybody's")
        example(parser, "revoke_api_token --user ana")

    def handle(self, *args: Any, **options: Any) -> None:
        ids = set(options["id"])
        if bool(ids) == bool(options["user"] or options["all"]):
            raise CommandError("Name the tokens by ID, or give --user or --all.")
        tokens = _named(options["user"], ids)
        missing = ids - set(tokens.values_list("pk", flat=True))
        count = revoke(unended(tokens).select_related("user"))
        self.stdout.write(f"Revoked {count} {'token' if count == 1 else 'tokens'}.")
        if missing:
            raise CommandError(f"There is no token {', '.join(map(str, sorted(missing)))}.")


def _named(username: str | None, ids: set[int]) -> QuerySet[ApiToken]:
    if username:
        return tokens_of(known_user(username))
    return all_tokens().filter(pk__in=ids) if ids else all_tokens()
