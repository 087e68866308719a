"""What a sync was asked for, and what came of it, counted and kept as a SyncRun."""

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta

from django.utils import timezone

from customers.models import SyncRun
from customers.services.outcome import FAILURES, Outcome

logger = logging.getLogger(__name__)
_NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Options:
    user_ids: tuple[int, ...]
    org_ids: tuple[str, ...] = ()  # only these; empty: all
    is_only_due: bool = False  # of org_ids too, only those that are due
    max_age: timedelta = timedelta(0)
    limit: int | None = None
    concurrency: int = 16
    max_rps: float = 0


@dataclass(slots=True)
class Report:
    """What came of a run: organizations by outcome, and why some failed."""

    due: int = 0
    checked: int = 0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    # The same without the state of the answers, which is billing.
    results: Counter[str] = field(default_factory=Counter)
    # what went wrong, in a sentence: how often
    troubles: Counter[str] = field(default_factory=Counter)
    was_stopped: bool = False
    seconds: float = 0.0

    @property
    def is_complete(self) -> bool:
        return not (self.failed or self.was_stopped or self.troubles)

    def count(self, outcomes: Sequence[Outcome]) -> None:
        """Count one organization, as the answer it got or else as the last refusal."""
        self.checked += 1
        answered = [outcome for outcome in outcomes if outcome.answer]
        failed = [outcome for outcome in outcomes if outcome.result in FAILURES]
        best = (answered or list(outcomes))[-1:]
        self.counts[best[0].label if best else _NOT_ASKED] += 1
        self.results[best[0].result.value if best else _NOT_ASKED] += 1
        if failed or not best:
            self.failed += 1
        self.troubles.update(outcome.error for outcome in failed)


def begin_run(options: Options, started_by: str) -> SyncRun:
    """Note that a run has started."""
    plain = asdict(options) | {
        "org_ids": len(options.org_ids) or "all",
        "max_age": f"{options.max_age.total_seconds():g}s",
    }
    run = SyncRun.objects.create(started_at=timezone.now(), started_by=started_by, options=plain)
    logger.info("Sync run %s began.", run.pk, extra={"run": run.pk})
    return run


def end_run(run: SyncRun, report: Report) -> None:
    """Note how the run ended, and how long it took."""
    run.ended_at = timezone.now()
    run.counts = dict(report.results)
    if report.was_stopped:
        run.ending = SyncRun.Ending.INTERRUPTED
    elif report.is_complete:
        run.ending = SyncRun.Ending.COMPLETE
    else:
        run.ending = SyncRun.Ending.FAILURES
    run.save()
    report.seconds = (run.ended_at - run.started_at).total_seconds()
    logger.info(
        "Sync run %s ended: %s.",
        run.pk,
        run.get_ending_display(),
        extra={"run": run.pk, "checked": report.checked, "failed": report.failed},
    )
