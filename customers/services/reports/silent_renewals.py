"""Cards whose expiry moved on without a charge failing, by the month in which it was seen.
Told from the changes whose past the user may see. A renewal is silent if the customer was not
delinquent before it, nor after; those whose delinquency is unknown are left out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import with_visible_past
from customers.services.history.differences import Facts, walked
from customers.services.overview.past_steps import Step, past_steps
from customers.services.wording.expiry import day_of, today

MONTHS = 12
_KINDS = ("changed_expiry", "changed_method", "is_counted")
_FACTS = ("state", "delinquent", "brand", "last4", "exp_month", "exp_year")
_SAME_CARD = {"state", "brand", "last4"}


@dataclass(frozen=True, slots=True)
class Renewed:
    month: date  # its first day, in TIME_ZONE
    brand: str
    count: int
    silent: int


@dataclass(frozen=True, slots=True)
class SilentRenewals:
    since: datetime  # later than MONTHS ago if there were too many changes
    rows: list[Renewed]  # the latest month first, in it the most frequent brand

    @property
    def by_month(self) -> list[Renewed]:
        """All brands together, the earliest month first."""
        counts, silent = Counter[date](), Counter[date]()
        for row in self.rows:
            counts[row.month] += row.count
            silent[row.month] += row.silent
        return [
            Renewed(month, "", counts[month], silent[month])
            for month in months_since(day_of(self.since))
        ]


def silent_renewals(user: AbstractBaseUser) -> SilentRenewals:
    since, rows = kept(user, "silent-renewals", lambda: _counted(user)).figures
    found = [
        Renewed(date.fromisoformat(month), brand, count, silent)
        for month, brand, count, silent in rows
    ]
    return SilentRenewals(datetime.fromisoformat(since), found)


def months_since(day: date) -> list[date]:
    """The first days of the months from that of `day` to this one."""
    months = [day.replace(day=1)]
    while (following := (months[-1] + timedelta(days=32)).replace(day=1)) <= today():
        months.append(following)
    return months


def _counted(user: AbstractBaseUser) -> list[Any]:
    past = past_steps(user, _began(), _KINDS)
    counts, silent = Counter[tuple[date, str]](), Counter[tuple[date, str]]()
    rows = with_visible_past(user).filter(pk__in=among(past.steps)).values("pk", *_FACTS)
    for row in rows:
        for key, is_silent in _renewals(past.steps[row.pop("pk")], row):
            counts[key] += 1
            silent[key] += is_silent
    in_order = sorted(counts, key=lambda key: (-key[0].toordinal(), -counts[key], key[1]))
    return [
        past.since.isoformat(),
        [
            [f"{month}", brand, counts[month, brand], silent[month, brand]]
            for month, brand in in_order
        ],
    ]


def _began() -> datetime:
    first = today().replace(day=1)
    for _ in range(MONTHS - 1):
        first = (first - timedelta(days=1)).replace(day=1)
    midnight = datetime(first.year, first.month, 1)
    return timezone.make_aware(midnight, timezone.get_default_timezone())


def _renewals(steps: Sequence[Step], now: Facts) -> Iterator[tuple[tuple[date, str], bool]]:
    """Each renewal of a card with its month and brand, and whether it was silent."""
    for step, before, after in walked(steps, now):
        is_known = None not in (before["delinquent"], after["delinquent"])
        if is_known and _is_renewed(step, before, after):
            month = day_of(step.seen_at).replace(day=1)
            yield (month, after["brand"]), not (before["delinquent"] or after["delinquent"])


def _is_renewed(step: Step, before: Facts, after: Facts) -> bool:
    if _SAME_CARD & step.differences.keys() or after["state"] != Customer.State.CARD:
        return False
    ends = [(facts["exp_year"], facts["exp_month"]) for facts in (before, after)]
    return all(None not in end for end in ends) and ends[0] < ends[1]
