"""What a check of the installation found."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """Holds no secret, and names no user, organization or server. A remedy unless all is well."""

    check: str
    verdict: Verdict
    sentence: str
    remedy: str = ""


def ok(check: str, sentence: str) -> Finding:
    return Finding(check, Verdict.OK, sentence)


def warning(check: str, sentence: str, remedy: str) -> Finding:
    return Finding(check, Verdict.WARNING, sentence, remedy)


def problem(check: str, sentence: str, remedy: str) -> Finding:
    return Finding(check, Verdict.PROBLEM, sentence, remedy)


def moment_text(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def worst(findings: Iterable[Finding]) -> Verdict:
    verdicts = {finding.verdict for finding in findings}
    by_weight = (Verdict.PROBLEM, Verdict.WARNING)
    return next((verdict for verdict in by_weight if verdict in verdicts), Verdict.OK)


def findings_as_json(findings: list[Finding]) -> dict[str, Any]:
    """What doctor --json prints and /healthz?deep=1 answers; its keys do not change."""
    return {
        "status": worst(findings),
        "findings": [
            {
                "check": finding.check,
                "status": finding.verdict,
                "sentence": finding.sentence,
                "remedy": finding.remedy or None,
            }
            for finding in findings
        ],
    }
