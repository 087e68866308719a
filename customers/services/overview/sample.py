"""How fresh what a user may see is, and which cards are in it: told from a bounded sample."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, DateTimeField, QuerySet
from django.utils import timezone

from customers.database.capped_counts import NARROWED_COUNT_CAP, Counts
from customers.database.prepared import Given, Prepared
from customers.models import Customer
from customers.services.access.visible import OLDEST, USER, given_of, plainly_shown_by, proofs_of

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
    """How old what `user` may see is, which is `total`, capped."""
    given = given_of(user)
    limit = timezone.now() - settings.CUSTOMER_MAX_AGE
    stale = _stale().ask(**given, limit=limit)
    is_sampled = stale["all"] > NARROWED_COUNT_CAP
    return Freshness(
        total,
        stale["sample" if is_sampled else "all"],
        next(iter(_OLDEST.ask(**given)), None),
        _most_since(given, min(total, SAMPLE)),
        is_sampled,
    )


@cache
def _stale() -> Counts:
    limit = Given("limit", DateTimeField())
    rows = {"all": plainly_shown_by(proofs_of(USER, OLDEST)), "sample": _sample()}
    stale = {name: found.filter(checked_at__lt=limit) for name, found in rows.items()}
    return Counts(stale, NARROWED_COUNT_CAP)


_OLDEST: Prepared[datetime | None] = Prepared(
    lambda: (
        plainly_shown_by(proofs_of(USER, OLDEST))
        .order_by("checked_at")
        .values_list("checked_at", flat=True)[:1]
    )
)


def card_mix(user: AbstractBaseUser) -> Mix:
    """The cards among what `user` may see, by brand and by funding."""
    brands: Counter[str] = Counter()
    fundings: Counter[str] = Counter()
    for brand, funding, count in _CARDS.ask(**given_of(user)):
        brands[brand] += count
        fundings["" if funding == "unknown" else funding] += count
    return Mix(brands.total(), brands.most_common(MOST_KINDS), fundings.most_common(MOST_KINDS))


def _cards() -> QuerySet[Customer, tuple[str, str, int]]:
    cards = _sample().filter(state=Customer.State.CARD)
    return cards.values_list("brand", "funding").annotate(count=Count("pk"))


_CARDS = Prepared(_cards)


def _sample() -> QuerySet[Customer]:
    """All of them, or the first SAMPLE by key where there are more."""
    first = proofs_of(USER, OLDEST).order_by("organization_id").values("organization_id")
    return Customer.objects.filter(pk__in=first[:SAMPLE])


def _most_since(given: dict[str, object], size: int) -> datetime | None:
    if not size:
        return None
    return next(iter(_newest(math.ceil(size * _MOST) - 1).ask(**given)), None)


@lru_cache(maxsize=100)
def _newest(position: int) -> Prepared[datetime | None]:
    """When that one of the sample was checked, the newest first."""
    return Prepared(
        lambda: (
            _sample()
            .order_by("-checked_at")
            .values_list("checked_at", flat=True)[position : position + 1]
        )
    )
