"""Encrypt stored credentials and sign the log's head with the newest key."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.services.credentials.key_rotation import rotate_keys
from customers.services.disclosures.signature import sign_with_newest_key


class Command(BaseCommand):
    help = (
        "Encrypt all stored credentials again under the first of CREDENTIAL_KEYS, and sign the end "
        "of the disclosure log with it. Put a new key in front, keep the old ones behind it, "
        "restart the portal, run this, and take the old ones out once it exits with 0. What no "
        "key opens is left as it is and named. It may be run at any time, and again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        example(parser, "rotate_credential_keys")

    def handle(self, *args: Any, **options: Any) -> None:
        report = rotate_keys()
        self.stdout.write(
            f"{report.rotated} encrypted anew, {report.current} were under the newest key already."
        )
        if not sign_with_newest_key():
            self.stderr.write(
                "No key of CREDENTIAL_KEYS signed the end of the disclosure log. It stays as it "
                "is; run verify_disclosures."
            )
        for name in report.unreadable:
            self.stderr.write(f"{name}: no key of CREDENTIAL_KEYS opens the stored credentials.")
        if report.unreadable:
            raise CommandError(
                f"{len(report.unreadable)} could not be opened; they stay as they are. Put the key "
                "that opens them back behind the newest, or have these users sign in again."
            )
