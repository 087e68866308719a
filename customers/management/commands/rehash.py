from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example
from customers.management.rereading import report_batches
from customers.services.checking.reread import reread


class Command(BaseCommand):
    help = (
        "Recompute the keyed hashes of cards from the stored answers after SECRET_KEY has changed. "
        "Until then, organizations that share a card are not shown together. Safe to run twice, "
        "during a sync, and again after it was killed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        example(parser, "rehash")

    def handle(self, *args: Any, **options: Any) -> None:
        report_batches(self, reread(["fingerprint_hash"]), "hashes recomputed")
