"""How fresh what a user may see is, and which cards are in it: told from a bounded sample."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, QuerySet
from django.utils import timezone

from customers.models import Customer
from customers.services.access import plainly_shown_by, shown_to
from customers.services.counting import NARROWED_COUNT_CAP, capped_count
from customers.services.listing import count_worklists

SAMPLE = 1_000
MOST_KINDS = 8
_MOST = 0.95  # of all, in the sentence about freshness


@dataclass(frozen=True, slots=True)
class Freshness:
    """`most_since`: since when 95 % of the sample have been checked."""

    total: int  # capped
    stale: int  # older than CUSTOMER_MAX_AGE, counted to one over `stale_cap`
    oldest: datetime | None
    most_since: datetime | None
    stale_cap: int = NARROWED_COUNT_CAP


@dataclass(frozen=True, slots=True)
class Mix:
    """How many cards there are of each brand and of each funding, the most first."""

    total: int
    brands: list[tuple[str, int]]
    fundings: list[tuple[str, int]]


def freshness(user: AbstractBaseUser) -> Freshness:
    """How old what `user` may see is."""
    visible = plainly_shown_by(shown_to(user))
    limit = timezone.now() - settings.CUSTOMER_MAX_AGE
    total = count_worklists(user, [""])[""]
    oldest_first = visible.order_by("checked_at").values_list("checked_at", flat=True)
    return Freshness(
        total,
        capped_count(visible.filter(checked_at__lt=limit), NARROWED_COUNT_CAP),
        oldest_first.first(),
        _most_since(_sample(visible), min(total, SAMPLE)),
    )


def card_mix(user: AbstractBaseUser) -> Mix:
    """The cards among what `user` may see, by brand and by funding."""
    cards = _sample(plainly_shown_by(shown_to(user))).filter(state=Customer.State.CARD)
    brands: Counter[str] = Counter()
    fundings: Counter[str] = Counter()
    for brand, funding, count in cards.values_list("brand", "funding").annotate(count=Count("pk")):
        brands[brand] += count
        fundings["" if funding == "unknown" else funding] += count
    return Mix(brands.total(), brands.most_common(MOST_KINDS), fundings.most_common(MOST_KINDS))


def _sample(visible: QuerySet[Customer]) -> QuerySet[Customer]:
    """All of them, or the first SAMPLE by key where there are more."""
    return Customer.objects.filter(pk__in=visible.order_by("pk").values("pk")[:SAMPLE])


def _most_since(sample: QuerySet[Customer], size: int) -> datetime | None:
    if not size:
        return None
    position = math.ceil(size * _MOST) - 1
    newest_first = sample.order_by("-checked_at").values_list("checked_at", flat=True)
    return next(iter(newest_first[position : position + 1]), None)
