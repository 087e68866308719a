"""Ask Catalyze about imported organizations that a user has not met, a few seconds at a time.
Whether the portal knows any others is not for everybody to know, nor how many these are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from customers.database.capped_counts import COUNT_CAP, capped_counts
from customers.models import Access, Credentials, Customer, ListedUser, Organization
from customers.services.access.proof_rule import Lists
from customers.services.access.visible import (
    customers_shown_to,
    granted_proofs,
    listed_proofs,
    oldest_valid,
)
from customers.services.checking.check_many import check_unmet
from customers.services.checking.outcome import FAILURES, Outcome, Result, main_trouble
from customers.services.credentials.store import CredentialsUnusable
from customers.upstream.errors import SessionExpired
from customers.upstream.message import Message

_AT_ONCE = 200  # more than can be asked in that time
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Capped counts: of all that were imported, of those that Catalyze has said something about to
    the user's present credentials, and of all organizations that it shows them."""

    known: int
    met: int
    shown: int

    @property
    def is_complete(self) -> bool:
        return self.met >= self.known


@dataclass(frozen=True, slots=True)
class AskedNext:
    """`after` is where to go on. `trouble`: why it does not go on although some are left."""

    after: int
    goes_on: bool
    trouble: Message = Message()
    needs_sign_in: bool = False


def arrivals_of(user: AbstractBaseUser) -> Arrivals:
    imported = Organization.objects.filter(is_imported=True)
    counted = capped_counts(
        {
            "known": imported,
            "met": _met(user).filter(organization__is_imported=True),
            "listed and not met": _listed_unmet(user).filter(organization__is_imported=True),
            "granted": granted_proofs(user),
            "listed": listed_proofs(user),
        }
    )
    return Arrivals(
        known=counted["known"],
        met=min(counted["known"], counted["met"] + counted["listed and not met"]),
        shown=min(COUNT_CAP + 1, counted["granted"] + counted["listed"]),
    )


def sees_nothing_yet(user: AbstractBaseUser) -> bool:
    return not (granted_proofs(user).exists() or listed_proofs(user).exists())


def latest_arrivals(user: AbstractBaseUser) -> list[Customer]:
    """Some that `user` may see, the last asked about first: they are asked about by key."""
    by_key = "-organization_id"
    granted = granted_proofs(user).order_by(by_key).values_list("organization_id", flat=True)
    listed = listed_proofs(user).order_by(by_key).values_list("organization_id", flat=True)
    keys = sorted({*granted[:_NAMED], *listed[:_NAMED]}, reverse=True)[:_NAMED]
    return sorted(customers_shown_to(user, keys), key=lambda customer: keys.index(customer.pk))


def ask_about_unmet(user: AbstractBaseUser, after: int) -> AskedNext:
    """Ask about those behind the key `after`, with the user's own credentials."""
    left = list(_unmet(user, after)[:_AT_ONCE])
    if not left:
        return AskedNext(0, goes_on=False)
    try:
        outcomes = check_unmet(user, [org_id for _key, org_id in left])
    except (CredentialsUnusable, SessionExpired) as exc:
        return AskedNext(after, goes_on=False, trouble=exc.message, needs_sign_in=True)
    return _next(after, left, outcomes)


def _next(after: int, left: Sequence[tuple[int, str]], outcomes: Sequence[Outcome]) -> AskedNext:
    """Behind the last of those asked without a gap. A failed check is left to the next sync; where
    all have failed, Catalyze is left alone."""
    asked = {outcome.org_id for outcome in outcomes}
    done = [key for key, _org_id in takewhile(lambda one: one[1] in asked, left)]
    place = done[-1] if done else after
    trouble = main_trouble(outcomes, timed_out=not outcomes)
    if any(outcome.result is Result.EXPIRED for outcome in outcomes):
        return AskedNext(place, goes_on=False, trouble=trouble, needs_sign_in=True)
    if all(outcome.result in FAILURES for outcome in outcomes):
        return AskedNext(after, goes_on=False, trouble=trouble)
    is_last = len(left) < _AT_ONCE and len(done) == len(left)
    return AskedNext(0 if is_last else place, goes_on=not is_last)


def _unmet(user: AbstractBaseUser, after: int) -> QuerySet[Organization, tuple[int, str]]:
    met = _met(user).filter(organization_id=OuterRef("pk"))
    rows = Organization.objects.filter(~Exists(met), pk__gt=after, is_imported=True)
    rows = rows.exclude(Lists(user, "pk"))
    return rows.order_by("pk").values_list("pk", "org_id")


def _listed_unmet(user: AbstractBaseUser) -> QuerySet[ListedUser]:
    """Those that Catalyze lists the user for, and about which it has not answered them."""
    met = _met(user).filter(organization_id=OuterRef("organization_id"))
    return listed_proofs(user).filter(~Exists(met))


def _met(user: AbstractBaseUser) -> QuerySet[Access]:
    """Denials too: Catalyze has answered."""
    since = Credentials.objects.filter(user_id=user.pk).values("proves_since")[:1]
    recent = Access.objects.filter(user_id=user.pk, proved_at__gte=oldest_valid())
    return recent.filter(proved_at__gte=Subquery(since))
