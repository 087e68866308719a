"""Judge what the answers of a run say together, once it is over (decision 0047)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery, Sum

from customers.models import Case, Change, Customer, HeldAnswer, RunTally, SyncRun
from customers.services.checking.held_answers import FEWEST, is_mass_change
from customers.services.checking.release_held import release_held
from customers.services.history.change_kinds import ON_FILE

_Ending = SyncRun.Ending
# What a run saw that did not get through is judged by the next that asks.
_CUT_SHORT = (_Ending.LOST, _Ending.INTERRUPTED, _Ending.GAVE_UP)


def begin_tally(run: SyncRun) -> None:
    """Join the first of the runs that are running; those that have joined one do not lead."""
    with transaction.atomic():
        tally = RunTally.objects.create(run=run, part_of=run)
        others = SyncRun.objects.filter(ending=_Ending.RUNNING, pk__lt=run.pk)
        leading = others.filter(Q(tally__part_of=F("pk")) | Q(tally__part_of=None))
        # Locked, so that none ends, and is judged, before this one has joined it.
        if leaders := list(leading.order_by("pk").select_for_update(of=("self",))):
            tally.part_of = leaders[0]
            tally.save(update_fields=["part_of"])


def judge_runs() -> None:
    """All that are over, with those that ran at the same time."""
    unjudged = RunTally.objects.filter(is_judged=False)
    running = unjudged.filter(run__ending=_Ending.RUNNING)
    over = unjudged.exclude(part_of__in=running.values("part_of"))
    for leader in set(over.values_list("part_of", flat=True)):
        _judge(unjudged.filter(part_of=leader))


def _judge(tallies: QuerySet[RunTally]) -> None:
    counts = tallies.aggregate(
        *map(Sum, ("had_method", "lost_method", "was_current", "became_delinquent")),
        began_at=Min("run__started_at"),
    )
    if counts["began_at"] is None:
        return  # another run has judged them meanwhile
    waiting = HeldAnswer.objects.filter(is_held=False, run__in=tallies.values("run"))
    if is_mass_change(counts["lost_method__sum"], counts["had_method__sum"]) or _is_of_many(
        waiting, counts["began_at"]
    ):
        waiting.update(is_held=True)
    else:
        release_held(waiting.exclude(run__ending__in=_CUT_SHORT))
    with transaction.atomic():
        if is_mass_change(counts["became_delinquent__sum"], counts["was_current__sum"]):
            tallies.update(is_mass_delinquency=True)
            _let_cases_rest(tallies)
        tallies.update(is_judged=True)


def _is_of_many(waiting: QuerySet[HeldAnswer], began_at: datetime) -> bool:
    """By organizations: many users' good answers hide that the last one was lied to about all."""
    on_file = Customer.objects.filter(state__in=ON_FILE)
    waits = Q(pk__in=waiting.values("pk"))
    lost = on_file.filter(waits).count()
    if not is_mass_change(lost, FEWEST):
        return False  # of more, it is less
    return is_mass_change(lost, on_file.filter(waits | Q(asked_at__gte=began_at)).count())


@dataclass(frozen=True, slots=True)
class Judgement:
    """How many of a run's answers are held or wait for another run to end, and how many
    organizations became delinquent as one."""

    held: int
    waiting: int
    became_delinquent: int


def judgement_of(run: SyncRun) -> Judgement:
    tally = RunTally.objects.get(run=run)
    answers = HeldAnswer.objects.filter(run=run)
    return Judgement(
        held=answers.filter(is_held=True).count(),
        waiting=0 if tally.is_judged else answers.filter(is_held=False).count(),
        became_delinquent=tally.became_delinquent if tally.is_mass_delinquency else 0,
    )


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
