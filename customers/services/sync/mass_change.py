"""Judge what the answers of a run say together, once it is over (decision 0047)."""

from fractions import Fraction

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from customers.models import Case, Change, Customer, HeldAnswer, RunTally, SyncRun
from customers.services.checking.release_held import release_held

_FEWEST = 50  # answers that can show a mass change
_Ending = SyncRun.Ending
# What a run saw that did not get through is judged by the next that asks.
_CUT_SHORT = (_Ending.LOST, _Ending.INTERRUPTED, _Ending.GAVE_UP)


def begin_tally(run: SyncRun) -> None:
    """Join the first of the runs that are running; those that have joined one do not lead."""
    RunTally.objects.create(run=run, part_of=run)
    others = SyncRun.objects.filter(ending=_Ending.RUNNING, pk__lt=run.pk)
    leading = others.filter(Q(tally__part_of=F("pk")) | Q(tally__part_of=None))
    if leader := leading.order_by("pk").first():
        RunTally.objects.filter(pk=run.pk).update(part_of=leader)


def judge_runs() -> None:
    """All that are over, with those that ran at the same time."""
    unjudged = RunTally.objects.filter(is_judged=False)
    running = unjudged.filter(run__ending=_Ending.RUNNING)
    over = unjudged.exclude(part_of__in=running.values("part_of"))
    for leader in set(over.values_list("part_of", flat=True)):
        _judge(RunTally.objects.filter(part_of=leader))


def _judge(tallies: QuerySet[RunTally]) -> None:
    counts = tallies.aggregate(
        *map(Sum, ("had_method", "lost_method", "was_current", "became_delinquent"))
    )
    waiting = HeldAnswer.objects.filter(is_held=False, run__in=tallies.values("run"))
    if is_mass_change(counts["lost_method__sum"], counts["had_method__sum"]):
        waiting.update(is_held=True)
    else:
        release_held(waiting.exclude(run__ending__in=_CUT_SHORT))
    with transaction.atomic():
        if is_mass_change(counts["became_delinquent__sum"], counts["was_current__sum"]):
            tallies.update(is_mass_delinquency=True)
            _let_cases_rest(tallies)
        tallies.update(is_judged=True)


def judgement_of(run: SyncRun) -> tuple[int, int]:
    """How many of its answers are held, and how many became delinquent in one event."""
    tally = RunTally.objects.get(run=run)
    held = HeldAnswer.objects.filter(run=run, is_held=True).count()
    return held, tally.became_delinquent if tally.is_mass_delinquency else 0


def is_mass_change(changed: int, of: int) -> bool:
    return of >= _FEWEST and changed > Fraction(str(settings.MASS_CHANGE_SHARE)) * of


def _let_cases_rest(tallies: QuerySet[RunTally]) -> None:
    """Cases at rest are not woken one by one: the desk gets one notice for all."""
    for run in SyncRun.objects.filter(pk__in=tallies.values("run")):
        during = Change.objects.filter(
            became_delinquent=True, seen_at__range=(run.started_at, run.last_seen_at)
        )
        seen_at = Customer.objects.filter(pk=OuterRef("customer_id")).values("delinquent_seen_at")
        Case.objects.filter(customer_id__in=during.order_by().values("organization")).update(
            knew_delinquent=Subquery(seen_at)
        )
