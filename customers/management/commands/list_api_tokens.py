from datetime import datetime
from functools import cache
from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.utils import timezone

from customers.management.arguments import example, known_user
from customers.models import ApiToken
from customers.services.tokens.authenticate import tokens_work
from customers.services.tokens.stored_tokens import all_tokens, token_state, tokens_of
from customers.services.wording.csv_and_jsonl import json_lines


class Command(BaseCommand):
    help = (
        "List API tokens, one per line, latest first: whose they are, what they may do, until "
        "when, and when they were last used. The tokens themselves are stored nowhere. A suspended "
        "one works again once its user may open pages again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", metavar="U", help="only those of this user")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        example(parser, "list_api_tokens --user ana")

    def handle(self, *args: Any, **options: Any) -> None:
        tokens = tokens_of(known_user(options["user"])) if options["user"] else all_tokens()
        of_user = cache(tokens_work)  # asks once for each
        for row in tokens.select_related("user"):
            state = token_state(row, works=of_user(row.user))
            if options["json"]:
                self.stdout.write("".join(json_lines([_facts(row, state)])), ending="")
            else:
                self.stdout.write(_line(row, state))


def _line(row: ApiToken, state: str) -> str:
    parts = [
        f"{row.pk}: {row.user.get_username()}, “{row.name}”, {' '.join(row.scopes)}",
        f"{state}, expires {_moment(row.expires_at)}",
        f"last used {_moment(row.last_used_at)}" if row.last_used_at else "never used",
    ]
    if row.addresses:
        parts.append(f"only from {' '.join(row.addresses)}")
    return ", ".join(parts)


def _moment(at: datetime) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M %Z}"


def _facts(row: ApiToken, state: str) -> dict[str, Any]:
    return {
        "id": row.pk,
        "username": row.user.get_username(),
        "name": row.name,
        "scopes": row.scopes,
        "addresses": row.addresses,
        "state": state,
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "last_used_at": row.last_used_at.isoformat() if row.last_used_at else None,
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
    }
