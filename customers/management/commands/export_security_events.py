from typing import Any

from django.core.management import BaseCommand, CommandParser

from customers.management.arguments import example, period_arguments
from customers.management.following import follow_arguments, follow_log, note_export
from customers.services.audit.exported_logs import events_between, security_events
from customers.services.wording.csv_and_jsonl import json_lines

_WHAT = "security_events"


class Command(BaseCommand):
    help = (
        "Write what happened to accounts and logs, one JSON object per line, oldest first: "
        "sign-ins, failures, tokens, credentials, exports, denials, the log's chain. "
        "docs/events.md lists the codes and fields, which do not change between releases."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        period_arguments(parser)
        follow_arguments(parser)
        example(parser, "export_security_events --follow --state /srv/portal/events.state")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["follow"]:
            follow_log(self, _WHAT, security_events(), options)
            return
        note_export(_WHAT, "jsonl", options)
        for line in json_lines(events_between(options["since"], options["until"])):
            self.stdout.write(line, ending="")
