from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.credentials.key_rotation import rotate_keys
from customers.services.disclosures.signature import sign_with_newest_key


class Command(BaseCommand):
    help = (
        "Re-encrypt all stored credentials with the first of CREDENTIAL_KEYS, and sign the end of "
        "the disclosure log with it. Put a new key first, keep the old ones after it, restart the "
        "portal, run this, and remove the old ones once it exits with 0. Credentials that no key "
        "opens are left as they are and named. Safe to run at any time, and again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        example(parser, "rotate_credential_keys")

    def handle(self, *args: Any, **options: Any) -> None:
        report = rotate_keys()
        record_event(
            SecurityEvent.Code.KEYS_ROTATED,
            detail={"rotated": report.rotated, "unreadable": len(report.unreadable)},
        )
        self.stdout.write(
            f"{report.rotated} re-encrypted, {report.current} were already under the newest key."
        )
        if not sign_with_newest_key():
            self.stderr.write(
                "No key of CREDENTIAL_KEYS signed the end of the disclosure log. It was left as it "
                "is; run verify_disclosures."
            )
        for name in report.unreadable:
            self.stderr.write(f"{name}: no key of CREDENTIAL_KEYS opens the stored credentials.")
        if report.unreadable:
            raise CommandError(
                f"{len(report.unreadable)} could not be opened and were left as they are. Put "
                "the key that opens them back after the newest, or have these users sign in again."
            )
