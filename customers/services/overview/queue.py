"""What needs action first: open cases by the worst list that they are on, the oldest first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Case, F, Q, QuerySet, When
from django.db.models.expressions import OrderBy

from customers.database.capped_counts import COUNT_CAP, NARROWED_COUNT_CAP, capped_count
from customers.models import Customer
from customers.services.access.kept_figures import kept
from customers.services.access.proof_rule import SentAt
from customers.services.access.visible import customers_shown_to, plainly_visible
from customers.services.cases.standing import is_assigned_to_or_mentions, is_waiting
from customers.services.cases.to_do import TO_DO
from customers.services.lists.worklists import narrow
from customers.services.wording.expiry import today

ON_QUEUE = 8
# More than are shown: colleagues take some of them within the minute.
_KEYS_KEPT = 3 * ON_QUEUE
TEAM_QUEUE, MY_QUEUE = "team", "mine"
_TEAM_CAP = NARROWED_COUNT_CAP  # that of a list narrowed to cases
_CONDITIONS: dict[str, Callable[[AbstractBaseUser, date], Q]] = {
    TEAM_QUEUE: lambda user, day: is_waiting(day),
    MY_QUEUE: is_assigned_to_or_mentions,
}


def _known(column: str) -> Case:
    """Nothing for those whose past the user may not see."""
    return Case(When(own_sent__isnull=False, then=F(column)))


# By list, the column in whose order it is: since when it is so, or when the renewal is due. Rows
# without a value come first where they have always been so.
_ORDERS = {
    "delinquent": _known("delinquent_seen_at").asc(nulls_first=True),
    "expired": F("expires_on").asc(),
    "expires-before-renewal": F("charged_renews_on").asc(nulls_last=True),
    "no-payment-method": _known("state_seen_at").asc(nulls_first=True),
    "first-payment-outstanding": _known("first_payment_seen_at").asc(nulls_first=True),
}
_BY_NAME = F("folded_name").asc()


@dataclass(frozen=True, slots=True)
class Queue:
    """`count` is capped at `cap`, as that of the list with all of them."""

    customers: list[Customer]
    count: int
    cap: int


def queue(user: AbstractBaseUser, whose: str, counts: Mapping[str, int]) -> Queue:
    """The order and the count are up to a minute old; each row is open and visible now."""
    found = kept(user, f"queue-{whose}", lambda: _counted(user, whose)).figures
    keys: list[int] = found["keys"]
    shown = customers_shown_to(user, keys).filter(_CONDITIONS[whose](user, today()))
    by_key = {row.pk: row for row in shown}
    rows = [by_key[key] for key in keys if key in by_key][:ON_QUEUE]
    count, cap = (counts[MY_QUEUE], COUNT_CAP) if whose == MY_QUEUE else (found["count"], _TEAM_CAP)
    return Queue(rows, max(count, len(rows)), cap)


def _counted(user: AbstractBaseUser, whose: str) -> dict[str, object]:
    rows = plainly_visible(user)
    if whose == MY_QUEUE:
        mine = narrow(user, rows, MY_QUEUE)
        keys = _worst(user, mine)
        # Those that one owns, or is mentioned at, without anything to do.
        keys += _first(user, mine, _BY_NAME, keys)
        return {"keys": keys}
    waiting = rows.filter(is_waiting(today()))
    return {"keys": _worst(user, waiting), "count": capped_count(waiting, _TEAM_CAP)}


def _worst(user: AbstractBaseUser, rows: QuerySet[Customer]) -> list[int]:
    found: list[int] = []
    for each in TO_DO:
        found += _first(user, rows.filter(each.condition(today())), _ORDERS[each.key], found)
    return found


def _first(
    user: AbstractBaseUser, rows: QuerySet[Customer], order: OrderBy, found: list[int]
) -> list[int]:
    """The next of them in that order, of no more rows than are counted of any list."""
    wanted = _KEYS_KEPT - len(found)
    if not wanted:
        return []
    some = rows.exclude(pk__in=found).order_by("folded_name", "pk").values("pk")[:COUNT_CAP]
    ordered = Customer.objects.annotate(own_sent=SentAt(user, "pk")).filter(pk__in=some)
    return list(ordered.order_by(order, "pk").values_list("pk", flat=True)[:wanted])
