"""Mail the digest to DIGEST_RECIPIENTS."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import duration, example
from customers.services.digest.send import NotSent, preview, recipient, send_digest


class Command(BaseCommand):
    help = (
        "Mail what is new since the last digest to each address of DIGEST_RECIPIENTS, which must "
        "belong to an active staff user: newly delinquent and newly expired, cards that expire "
        "soon, lost payment methods, an ended session with Catalyze, answers older than the "
        "objective. Each gets only what they may see, asked about again with their own "
        "credentials just before. One mail a day, and none when nothing happened."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--objective",
            metavar="1d",
            type=duration,
            default=timedelta(days=1),
            help="how old an answer may be before the digest says so (1d)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say how much there is; ask and send nothing"
        )
        example(parser, "send_digest --objective 12h")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DIGEST_RECIPIENTS:
            raise CommandError("DIGEST_RECIPIENTS is empty; it names who gets the digest.")
        if not settings.PORTAL_URL:
            raise CommandError("PORTAL_URL is not set; the links in the mail need it.")
        failed = 0
        for address in settings.DIGEST_RECIPIENTS:
            try:
                self._one(address, options["objective"], is_dry=options["dry_run"])
            except NotSent as exc:
                self.stderr.write(str(exc))
                failed += 1
        if failed:
            raise CommandError(f"{failed} of {len(settings.DIGEST_RECIPIENTS)} were not done.")

    def _one(self, address: str, objective: timedelta, *, is_dry: bool) -> None:
        user = recipient(address)
        name = user.get_username()
        if is_dry:
            seeming = preview(user, objective)
            session = ", the session has ended" if seeming.needs_sign_in else ""
            self.stdout.write(
                f"{name}: {seeming.found} to verify, {seeming.late} answers too old{session}"
            )
            return
        try:
            self.stdout.write(f"{name}: {send_digest(user, objective)}")
        except NotSent as exc:
            raise NotSent(f"{name}: {exc}") from exc
