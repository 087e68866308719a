from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example
from customers.management.rereading import report_batches
from customers.services.checking.reread import reread


class Command(BaseCommand):
    help = (
        "Read the stored answers again after an upgrade, so that lists, exports and pages show "
        "what the new release reads from them. Does not ask Catalyze and records no changes. Safe "
        "to run twice, during a sync, and again after it was killed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        example(parser, "reparse")

    def handle(self, *args: Any, **options: Any) -> None:
        report_batches(self, reread(), "rows updated")
