"""The options of a sync, and its counted results."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from customers.services.checking.outcome import FAILURES, Outcome, Result
from customers.upstream.message import Message

_NOT_ASKED = "not asked"


@dataclass(frozen=True, slots=True)
class Options:
    user_ids: tuple[int, ...]
    org_ids: tuple[str, ...] = ()  # empty for all
    is_only_due: bool = False  # even for org_ids, check only what is due
    max_age: timedelta = timedelta(0)
    limit: int | None = None
    concurrency: int = 16  # concurrent calls
    max_rps: float = 0


@dataclass(slots=True)
class Report:
    due: int = 0
    checked: int = 0
    failed: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    # The same without the states of customers, which are billing data.
    results: Counter[str] = field(default_factory=Counter)
    # how often each error occurred
    troubles: Counter[Message] = field(default_factory=Counter)
    verified: int = 0  # sessions, before anything was asked with them
    lists: int = 0  # permission lists read
    was_stopped: bool = False
    gave_up: bool = False  # the upstream kept failing
    seconds: float = 0.0
    held: int = 0  # answers that are part of a mass change
    became_delinquent: int = 0  # if they are reported as one event

    @property
    def is_complete(self) -> bool:
        return not (self.failed or self.was_stopped or self.gave_up or self.troubles)

    def count(self, outcomes: Sequence[Outcome]) -> None:
        """Count one organization by its answer, or else by its failure, or else as refused. If only
        some of the credentials failed, only their troubles are counted."""
        self.checked += 1
        self.lists += sum(outcome.result is Result.LISTED for outcome in outcomes)
        answered = [outcome for outcome in outcomes if outcome.answer]
        failed = [outcome for outcome in outcomes if outcome.result in FAILURES]
        best = (answered or failed or list(outcomes))[-1:]
        self.counts[best[0].label if best else _NOT_ASKED] += 1
        self.results[best[0].result.value if best else _NOT_ASKED] += 1
        if not answered and (failed or not best):
            self.failed += 1
        self.count_troubles(outcomes)

    def count_troubles(self, outcomes: Sequence[Outcome]) -> None:
        self.troubles.update(o.error for o in outcomes if o.result in FAILURES)
