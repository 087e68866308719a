"""Hold back what would take a payment method away, until it is judged (decision 0047).
In a run all such answers wait for its end, because the first of a mass change look like any.
Outside a run, those that are stored together are judged together; one alone is believed."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from fractions import Fraction

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from customers.database.bulk_write import upsert
from customers.database.key_parameters import among
from customers.models import Access, Change, Customer, HeldAnswer, Payload, RunTally
from customers.services.checking.outcome import Outcome
from customers.services.history.change_kinds import ON_FILE

# A run that begins so long after the first such answer and says the same is believed.
CONFIRMED_AFTER = timedelta(hours=2)
FEWEST = 50  # answers that can show a mass change
# What a user is told of in pieces, as on arriving, is judged together for so long.
_PIECES = timedelta(minutes=10)
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
        self._is_bulk_held = False

    def judge_bulk(self, answers: Sequence[tuple[Customer, Outcome]]) -> None:
        """What hold() is about to be asked of answers outside a run, each with the row before."""
        had = {before.organization_id for before, _ in answers if before.state in ON_FILE}
        lost = {b.organization_id for b, one in answers if _takes_away(b, one)} & had
        if len(answers) > 1 and lost:
            users = {outcome.user_id for _, outcome in answers}
            self._is_bulk_held = is_mass_change(len(lost), len(had)) or is_mass_change(
                *_with_earlier_pieces(lost, had, users)
            )

    def holds(self, key: int) -> bool:
        return key in self._rows

    def hold(self, before: Customer, outcome: Outcome) -> bool:
        """Whether this answer, newer than the one in `before`, is held. Counts it."""
        self._count(before, outcome)
        held = self._rows.get(before.organization_id)
        # A time in the future is from a clock set back.
        is_late = held is not None and outcome.is_older_than(held.asked_at)
        if not _takes_away(before, outcome) or _is_confirmed(held, outcome):
            if not is_late:
                self._release(before.organization_id)
            return False
        if held is None and (outcome.run or self._is_bulk_held):
            held = HeldAnswer(
                customer_id=before.organization_id,
                since=outcome.asked_at,
                is_held=outcome.run is None,
            )
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
        row.since = min(row.since, outcome.asked_at)  # unless the clock was ahead, it is earlier
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
    if held is None or outcome.run is None:
        return False
    return outcome.run.started_at - held.since >= CONFIRMED_AFTER


def is_mass_change(changed: int, of: int) -> bool:
    return of >= FEWEST and changed > Fraction(str(settings.MASS_CHANGE_SHARE)) * of


def _with_earlier_pieces(
    lost: Collection[int], had: Collection[int], users: Collection[int]
) -> tuple[int, int]:
    """How many organizations lost a payment method, and how many had one, with those of which
    these users were told a little earlier."""
    since = timezone.now() - _PIECES
    told = Access.objects.filter(
        user_id__in=users, state=Access.State.GRANTED, proved_at__gte=since
    )
    before = told.exclude(organization_id__in=among(had))
    was_lost = Change.objects.filter(lost_method=True, seen_with_id__in=users, seen_at__gte=since)
    is_held = HeldAnswer.objects.filter(asked_with_id__in=users, asked_at__gte=since)
    away = Q(organization_id__in=was_lost.order_by().values("organization")) | Q(
        organization_id__in=is_held.values("pk")
    )
    earlier = before.filter(away).count()
    kept = before.filter(organization__customer__state__in=ON_FILE).exclude(away).count()
    return len(lost) + earlier, len(had) + earlier + kept
