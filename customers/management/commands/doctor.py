import json
from collections import Counter
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from customers.management.arguments import example
from customers.services.diagnosis.examination import examine
from customers.services.diagnosis.finding import Finding, Verdict, findings_as_json


class Command(BaseCommand):
    help = (
        "Say what is wrong with this installation, and what to do about it: settings, keys, "
        "database, files, disk, Catalyze and its certificate, clock, mail server, proxies, syncs, "
        "disclosure log. Asks Catalyze once, without credentials, and sends no mail. Names no "
        "user, organization or secret. Exits non-zero if there is a problem; warnings are none."
    )
    requires_system_checks = []  # it says itself what they find

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one JSON object")
        example(parser, "doctor")

    def handle(self, *args: Any, **options: Any) -> None:
        findings = examine()
        if options["json"]:
            self.stdout.write(json.dumps(findings_as_json(findings)))
        else:
            for finding in findings:
                self.stdout.write(_lines(finding))
        counts = Counter(finding.verdict for finding in findings)
        if problems := counts[Verdict.PROBLEM]:
            raise CommandError(f"{problems} problem{'s' if problems > 1 else ''}.")


def _lines(finding: Finding) -> str:
    line = f"{finding.verdict:8} {finding.check:13} {finding.sentence}"
    return f"{line}\n{'':23}{finding.remedy}" if finding.remedy else line
