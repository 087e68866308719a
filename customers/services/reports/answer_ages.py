"""How old the answers are that a user may see, beside FRESHNESS_OBJECTIVE. Only the last answer
has a time, so earlier ages are not known; of runs, what they checked is."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils import timezone

from customers.database.capped_counts import capped_counts
from customers.models import SyncRun
from customers.services.access.kept_figures import kept
from customers.services.access.visible import plainly_visible

LATEST_RUNS = 12
_AGES = (
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
)

_Bounds = tuple[timedelta, timedelta | None]


@dataclass(frozen=True, slots=True)
class AgeBand:
    """How many answers are at least `youngest` old and younger than `oldest`; capped."""

    youngest: timedelta
    oldest: timedelta | None  # None for the last
    count: int
    meets_objective: bool


def answer_ages(user: AbstractBaseUser) -> list[AgeBand]:
    """The youngest first; the objective is one of the bounds."""
    bounds = sorted({timedelta(), *_AGES, settings.FRESHNESS_OBJECTIVE})
    bands: list[_Bounds] = [*pairwise(bounds), (bounds[-1], None)]
    places = map(str, range(len(bands)))
    counts = kept(user, "ages", lambda: _counted(user, bands), places).figures
    return [
        AgeBand(
            youngest,
            oldest,
            counts[f"{place}"],
            oldest is not None and oldest <= settings.FRESHNESS_OBJECTIVE,
        )
        for place, (youngest, oldest) in enumerate(bands)
    ]


def _counted(user: AbstractBaseUser, bands: list[_Bounds]) -> dict[str, int]:
    now, customers = timezone.now(), plainly_visible(user)
    found = {}
    for place, (youngest, oldest) in enumerate(bands):
        # A time in the future is from a clock set back.
        is_so_old = Q(checked_at__lt=now - youngest) if youngest else Q()
        is_younger = Q(checked_at__gte=now - oldest) if oldest else Q()
        found[f"{place}"] = customers.filter(is_so_old, is_younger)
    return capped_counts(found)


def latest_runs() -> list[SyncRun]:
    """They say nothing about billing."""
    return list(SyncRun.objects.all()[:LATEST_RUNS])
