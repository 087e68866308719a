import re
from argparse import ArgumentTypeError
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.audit.chain_events import verify_and_record
from customers.services.disclosures.chain import ChainBroken, NotSigned, VerifiedLog
from customers.services.disclosures.signature import sign_with_newest_key
from customers.services.disclosures.verified_positions import Run

_HASH = re.compile(r"[0-9a-f]{64}")


class Command(BaseCommand):
    help = (
        "Verify the chain of the disclosure log from the entry that the last run ended with, and "
        "print how many more hold together and the last one's hash. Exits non-zero if an entry was "
        "altered, removed or inserted. What was altered later among entries that had been verified "
        "is found by --all. Note the hash outside the portal now and then, and pass it as --head "
        "later: then even a log that was rebuilt as a whole is noticed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all",
            action="store_true",
            help="from the first entry, or from where such a run was interrupted within a day",
        )
        parser.add_argument(
            "--head",
            metavar="HASH",
            type=_noted_hash,
            help="a hash noted earlier; reads the log from the first entry",
        )
        parser.add_argument(
            "--sign",
            action="store_true",
            help="sign the end of the log again if everything else holds, because the key of "
            "CREDENTIAL_KEYS that signed it is lost; compare with a hash noted earlier",
        )
        example(parser, "verify_disclosures")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verified = self._verify(options)
        except ChainBroken as exc:
            raise CommandError(str(exc)) from exc
        if verified.pruned_at:
            self.stdout.write(
                f"Entries up to {verified.pruned_through} were removed by retention, last on "
                f"{verified.pruned_at:%Y-%m-%d}."
            )
        if verified.after:
            self.stdout.write(f"Entries up to {verified.after} were verified before.")
        self.stdout.write(f"{verified.entries} entries hold together.")
        self.stdout.write(f"head {verified.head or 'none'}")

    def _verify(self, options: dict[str, Any]) -> VerifiedLog:
        noted_head, sign = options["head"] or "", options["sign"]
        run = Run.ALL if options["all"] else Run.NEW
        try:
            return verify_and_record(noted_head, "" if options["head"] or sign else run)
        except NotSigned:
            if not sign:
                raise
        sign_with_newest_key(lost_key=True)
        record_event(SecurityEvent.Code.CHAIN_SIGNED)
        self.stdout.write("The end of the log is signed again.")
        return verify_and_record(noted_head)


def _noted_hash(text: str) -> str:
    """In whatever case it was noted. What is no hash is no alarm that the log was made again."""
    noted = text.strip().lower()
    if not _HASH.fullmatch(noted):
        raise ArgumentTypeError(f"{text!r} is not a hash of 64 hexadecimal digits.")
    return noted
