"""How fresh visible answers are, and the mix of cards; from a bounded sample if they are many."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.capped_counts import COUNT_CAP, capped_count
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import plainly_visible

SAMPLE = 1_000
MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class Freshness:
    """Against FRESHNESS_OBJECTIVE."""

    total: int  # capped
    counted: int  # of how many `late` is told: of all, or of the sample if these are too many
    late: int  # older than the objective
    oldest: datetime | None

    @property
    def is_sampled(self) -> bool:
        return self.total > COUNT_CAP

    @property
    def percent(self) -> int:
        """How many meet the objective: 100 only if all do."""
        return 100 * (self.counted - self.late) // self.counted if self.counted else 100


@dataclass(frozen=True, slots=True)
class Mix:
    total: int
    brands: list[tuple[str, int]]
    fundings: list[tuple[str, int]]


def freshness(user: AbstractBaseUser, total: int) -> Freshness:
    """`total` is the capped count of what `user` may see."""
    late, late_in_sample, oldest, sampled = _figures(user)["freshness"]
    oldest_at = oldest and datetime.fromisoformat(oldest)
    if total > COUNT_CAP:
        return Freshness(total, sampled, late_in_sample, oldest_at)
    return Freshness(total, total, min(late, total), oldest_at)


def card_mix(user: AbstractBaseUser) -> Mix:
    brands, fundings = ([(name, n) for name, n in counts] for counts in _figures(user)["mix"])
    return Mix(sum(count for _, count in brands), brands[:MOST_KINDS], fundings[:MOST_KINDS])


def _figures(user: AbstractBaseUser) -> Any:
    return kept(user, "objective", lambda: _counted(user)).figures


Sampled = tuple[datetime, str, str, str]


def _counted(user: AbstractBaseUser) -> dict[str, Sequence[Any]]:
    """From the first SAMPLE rows by key."""
    columns = ("checked_at", "state", "brand", "funding")
    rows = list(plainly_visible(user).order_by("pk").values_list(*columns)[:SAMPLE])
    return {"freshness": _freshness(user, rows), "mix": _mix(rows)}


def _freshness(user: AbstractBaseUser, rows: Sequence[Sampled]) -> Sequence[Any]:
    limit = timezone.now() - settings.FRESHNESS_OBJECTIVE
    in_order = plainly_visible(user).order_by("checked_at").values_list("checked_at", flat=True)
    oldest = in_order.first()
    return (
        capped_count(in_order.filter(checked_at__lt=limit)),
        sum(row[0] < limit for row in rows),
        oldest and oldest.isoformat(),
        len(rows),
    )


def _mix(rows: Sequence[Sampled]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    cards = [(brand, funding) for _, state, brand, funding in rows if state == Customer.State.CARD]
    brands = Counter(brand for brand, _ in cards)
    fundings = Counter("" if funding == "unknown" else funding for _, funding in cards)
    return brands.most_common(), fundings.most_common()
