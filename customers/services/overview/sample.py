"""How fresh what a user may see is, and which cards are in it: told from a bounded sample."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from customers.database.capped_counts import NARROWED_COUNT_CAP, capped_count
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.visible import visible_customers

SAMPLE = 1_000
MOST_KINDS = 8
_MOST = 0.95  # of all, in the sentence about freshness


@dataclass(frozen=True, slots=True)
class Freshness:
    """`most_since`: since when 95 % of the sample have been checked."""

    total: int  # capped
    stale: int  # older than CUSTOMER_MAX_AGE; of the sample alone, where all are too many to count
    oldest: datetime | None
    most_since: datetime | None
    is_sampled: bool = False  # whether `stale` is of the sample


@dataclass(frozen=True, slots=True)
class Mix:
    """How many cards there are of each brand and of each funding, the most first."""

    total: int
    brands: list[tuple[str, int]]
    fundings: list[tuple[str, int]]


def freshness(user: AbstractBaseUser, total: int) -> Freshness:
    """How old what `user` may see is, which is `total`, capped; it may be told a minute late."""
    stale, is_sampled, *times = _figures(user)["freshness"]
    oldest, most_since = (time and datetime.fromisoformat(time) for time in times)
    return Freshness(total, stale, oldest, most_since, is_sampled)


def card_mix(user: AbstractBaseUser) -> Mix:
    """The cards among what `user` may see, by brand and by funding; perhaps a minute late."""
    brands, fundings = ([(name, n) for name, n in counts] for counts in _figures(user)["mix"])
    return Mix(sum(count for _, count in brands), brands[:MOST_KINDS], fundings[:MOST_KINDS])


def _figures(user: AbstractBaseUser) -> Any:
    return kept(user, "sample", lambda: _counted(user)).figures


Row = tuple[datetime, str, str, str]


def _counted(user: AbstractBaseUser) -> dict[str, Sequence[Any]]:
    """Told from all, or from the first SAMPLE by key where there are more."""
    columns = ("checked_at", "state", "brand", "funding")
    rows = list(visible_customers(user).order_by("pk").values_list(*columns)[:SAMPLE])
    return {"freshness": _freshness(user, rows), "mix": _mix(rows)}


def _freshness(user: AbstractBaseUser, rows: Sequence[Row]) -> Sequence[Any]:
    limit = timezone.now() - settings.CUSTOMER_MAX_AGE
    in_order = visible_customers(user).order_by("checked_at").values_list("checked_at", flat=True)
    stale = capped_count(in_order.filter(checked_at__lt=limit), NARROWED_COUNT_CAP)
    is_sampled = stale > NARROWED_COUNT_CAP
    newest = sorted((row[0] for row in rows), reverse=True)
    most = math.ceil(len(newest) * _MOST) - 1
    return (
        sum(at < limit for at in newest) if is_sampled else stale,
        is_sampled,
        *(at and at.isoformat() for at in (in_order.first(), newest[most] if newest else None)),
    )


def _mix(rows: Sequence[Row]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    cards = [(brand, funding) for _, state, brand, funding in rows if state == Customer.State.CARD]
    brands = Counter(brand for brand, _ in cards)
    fundings = Counter("" if funding == "unknown" else funding for _, funding in cards)
    return brands.most_common(), fundings.most_common()
