"""Django's own `check`, which answers `--tag audit` too."""

from contextlib import nullcontext
from typing import Any

from django.core.management import CommandParser
from django.core.management.commands import check

from customers.audit_checks import AUDIT, audit_asked
from customers.management.arguments import example


class Command(check.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        example(parser, "check --tag audit    # what falls short of PCI DSS 8")

    def handle(self, *app_labels: Any, **options: Any) -> None:
        with audit_asked() if AUDIT in (options["tags"] or ()) else nullcontext():
            super().handle(*app_labels, **options)
