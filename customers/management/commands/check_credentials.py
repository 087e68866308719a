from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from customers.management.arguments import active_user, duration, example
from customers.models import Credentials
from customers.services.credentials.session_expiry import ends_within
from customers.services.credentials.sessions import test_session
from customers.services.credentials.store import CredentialsUnusable
from customers.services.wording.messages import said
from customers.upstream.errors import CatalyzeError


class Command(BaseCommand):
    help = (
        "Ask Catalyze whether the stored session of each user, or of the users named, is still "
        "valid. Exits non-zero if one is not, or if one is likely to end within the time of "
        "--within."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--user", metavar="U", action="append", default=[])
        parser.add_argument(
            "--within",
            metavar="12h",
            type=duration,
            help="also fail if one is likely to end this soon",
        )
        example(parser, "check_credentials --within 12h")

    def handle(self, *args: Any, **options: Any) -> None:
        users = [active_user(name) for name in options["user"]] or [
            row.user for row in Credentials.objects.filter(user__is_active=True)
        ]
        if not users:
            self.stdout.write("No credentials are stored.")
        results = [self._test(user, options["within"]) for user in users]
        if not all(results):
            soon = " or end soon" if options["within"] else ""
            raise CommandError(f"{results.count(False)} of {len(results)} are not valid{soon}.")

    def _test(self, user: Any, within: timedelta | None) -> bool:
        try:
            row = test_session(user)
        except (CredentialsUnusable, CatalyzeError) as exc:
            self.stderr.write(f"{user.get_username()}: {said(exc.message)}")
            return False
        if within and (end := ends_within(row, within)):
            at = f"{timezone.localtime(end):%Y-%m-%d %H:%M %Z}"
            self.stderr.write(f"{user.get_username()}: likely to end at {at}; sign in again.")
            return False
        is_working = row.state == Credentials.State.ACTIVE
        out = self.stdout if is_working else self.stderr
        out.write(f"{user.get_username()}: {row.get_state_display()}")
        return is_working
