from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import duration, example
from customers.services.digest.send import NotSent, preview, recipient, send_digest
from customers.services.disclosures.declared import discloses


class Command(BaseCommand):
    help = (
        "Mail each address of DIGEST_RECIPIENTS, which must belong to an active staff user, what "
        "is new since the last digest: newly delinquent organizations, expired cards, cards that "
        "expire soon, removed payment methods, an ended Catalyze session, answers older than the "
        "objective. Each user gets only what they may see, checked again with their own "
        "credentials. At most one mail a day, and none when there is no news."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--objective",
            metavar="1d",
            type=duration,
            default=timedelta(days=1),
            help="report answers older than this (1d)",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print how much there is; check and send nothing"
        )
        example(parser, "send_digest --objective 12h")

    @discloses("digest")
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DIGEST_RECIPIENTS:
            raise CommandError("DIGEST_RECIPIENTS is empty; list who gets the digest.")
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
            raise CommandError(f"{failed} of {len(settings.DIGEST_RECIPIENTS)} were not sent.")

    def _one(self, address: str, objective: timedelta, *, is_dry: bool) -> None:
        user = recipient(address)
        name = user.get_username()
        if is_dry:
            seeming = preview(user, objective)
            session = ", the session has ended" if seeming.needs_sign_in else ""
            self.stdout.write(
                f"{name}: {seeming.found} to check again, {seeming.late} answers too old{session}"
            )
            return
        try:
            self.stdout.write(f"{name}: {send_digest(user, objective)}")
        except NotSent as exc:
            raise NotSent(f"{name}: {exc}") from exc
