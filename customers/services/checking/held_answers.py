"""Hold back what would take a payment method away, until it is judged (decision 0047).
In a run all such answers wait for its end, because the first of a mass change look like any."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F

from customers.database.bulk_write import upsert
from customers.database.key_parameters import among
from customers.models import Customer, HeldAnswer, Payload, RunTally
from customers.services.checking.outcome import Outcome
from customers.services.history.change_kinds import ON_FILE

# A run that begins so long after the first one and says the same is believed.
CONFIRMED_AFTER = timedelta(hours=2)
_State = Customer.State
_NOTHING_TO_LOSE = {_State.UNCHECKED, _State.NONE, _State.DELETED}


class HeldAnswers:
    """Of the customers with these keys. What is decided is written by save()."""

    def __init__(self, keys: Iterable[int]) -> None:
        rows = HeldAnswer.objects.filter(pk__in=among(keys))
        self._rows = {row.customer_id: row for row in rows}
        self._held: dict[int, HeldAnswer] = {}
        self._released: set[int] = set()
        self._tallies: dict[int, Counter[str]] = {}

    def hold(self, before: Customer, outcome: Outcome) -> bool:
        """Whether this answer, newer than the one in `before`, is held. Counts it."""
        self._count(before, outcome)
        held = self._rows.get(before.organization_id)
        is_late = held is not None and outcome.asked_at < held.asked_at
        if not _takes_away(before, outcome) or _is_confirmed(held, outcome):
            if not is_late:
                self._release(before.organization_id)
            return False
        if held is None and outcome.run:
            held = HeldAnswer(customer_id=before.organization_id, since=outcome.run.started_at)
        if held and not is_late:
            self._hold(held, outcome)
        return held is not None

    def save(self) -> None:
        if self._released:
            HeldAnswer.objects.filter(pk__in=among(self._released)).delete()
        changing = ["run", "since", "asked_at", "answered_at", "asked_with", "compressed"]
        upsert(list(self._held.values()), ["customer"], changing)
        for run_id, counts in sorted(self._tallies.items()):
            added = {name: F(name) + count for name, count in counts.items()}
            RunTally.objects.filter(pk=run_id).update(**added)

    def _release(self, key: int) -> None:
        if self._rows.pop(key, None):
            self._held.pop(key, None)
            self._released.add(key)

    def _hold(self, row: HeldAnswer, outcome: Outcome) -> None:
        body = outcome.answer.body if outcome.answer else b""
        row.run_id = outcome.run.pk if outcome.run else row.run_id
        row.asked_at, row.answered_at = outcome.asked_at, outcome.answered_at
        row.asked_with_id, row.compressed = outcome.user_id, Payload.compress(body)
        self._rows[row.customer_id] = self._held[row.customer_id] = row
        self._released.discard(row.customer_id)

    def _count(self, before: Customer, outcome: Outcome) -> None:
        if outcome.answer is None or outcome.run is None or before.asked_at is None:
            return
        tally = self._tallies.setdefault(outcome.run.pk, Counter())
        customer = outcome.answer.customer
        if before.state in ON_FILE:
            tally["had_method"] += 1
            tally["lost_method"] += customer.state.value == _State.NONE
        if not before.delinquent:
            tally["was_current"] += 1
            tally["became_delinquent"] += customer.delinquent is True


def _takes_away(before: Customer, outcome: Outcome) -> bool:
    is_none = outcome.answer is not None and outcome.answer.customer.state.value == _State.NONE
    return is_none and before.state not in _NOTHING_TO_LOSE


def _is_confirmed(held: HeldAnswer | None, outcome: Outcome) -> bool:
    if held is None or not held.is_held or outcome.run is None:
        return False
    return outcome.run.started_at - held.since >= CONFIRMED_AFTER
