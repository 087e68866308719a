"""Take, assign, snooze, handle and reopen cases, one or many; each step is kept with who and when.
Only cases of organizations that the user may see are touched; the rest is silently left out. Of
two people at once the last one wins, and both their steps stay."""

from collections.abc import Callable, Collection
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Case as Choice
from django.db.models import Q, When
from django.utils import timezone

from customers.database.bulk_write import update
from customers.database.key_parameters import among
from customers.models import Case, CaseStep
from customers.services.access.kept_figures import forget_figures
from customers.services.access.visible import plainly_visible
from customers.services.cases.to_do import TO_DO, ToDo
from customers.services.wording.expiry import today

MOST_AT_ONCE = 1_000
Known = dict[str, datetime | None]
_KNOWN = [each.known for each in TO_DO]
_NOTHING_KNOWN: Known = dict.fromkeys(_KNOWN)
_CHANGED = ["owner", "snoozed_until", "handled_at", "handled_by", *_KNOWN]
_STATE = attrgetter("owner_id", "snoozed_until", "handled_at", "handled_by_id", *_KNOWN)


def assign(user: AbstractBaseUser, keys: Collection[int], owner: AbstractBaseUser) -> int:
    """Give the cases of these customers to `owner`, open; returns how many."""

    def give(case: Case, _known: Known) -> None:
        case.owner_id = owner.pk
        _put(case)

    is_own = owner.pk == user.pk
    kind = CaseStep.Kind.TAKEN if is_own else CaseStep.Kind.ASSIGNED
    count = _step(user, keys, give, kind=kind, assigned_to_id=None if is_own else owner.pk)
    forget_figures(owner.pk)
    return count


def unassign(user: AbstractBaseUser, keys: Collection[int]) -> int:
    def free(case: Case, _known: Known) -> None:
        case.owner_id = None

    return _step(user, keys, free, kind=CaseStep.Kind.RELEASED)


def snooze(
    user: AbstractBaseUser, keys: Collection[int], until: date, seen_at: datetime | None = None
) -> int:
    """Put them to rest until that day begins; what changed after `seen_at` wakes them."""
    return _step(
        user,
        keys,
        lambda case, known: _put(case, known, snoozed_until=until),
        seen_at,
        kind=CaseStep.Kind.SNOOZED,
        until=until,
    )


def handle(user: AbstractBaseUser, keys: Collection[int], seen_at: datetime | None = None) -> int:
    """Put them to rest for as long as nothing changes, or has changed since `seen_at`."""
    now = timezone.now()
    return _step(
        user,
        keys,
        lambda case, known: _put(case, known, handled_at=now, handled_by_id=user.pk),
        seen_at,
        kind=CaseStep.Kind.HANDLED,
    )


def reopen(user: AbstractBaseUser, keys: Collection[int]) -> int:
    return _step(user, keys, lambda case, _known: _put(case), kind=CaseStep.Kind.REOPENED)


def unseen_by(owner: AbstractBaseUser, keys: Collection[int]) -> int:
    """How many of these cases `owner` does not see, so that nobody would know of them."""
    return len(set(keys)) - plainly_visible(owner).filter(pk__in=among(keys)).count()


def _put(
    case: Case,
    known: Known | None = None,
    *,
    snoozed_until: date | None = None,
    handled_at: datetime | None = None,
    handled_by_id: int | None = None,
) -> None:
    """To rest on what is known; open without anything."""
    case.snoozed_until, case.handled_at = snoozed_until, handled_at
    case.handled_by_id = handled_by_id
    for name, since in (known or _NOTHING_KNOWN).items():
        setattr(case, name, since)


def _step(
    user: AbstractBaseUser,
    keys: Collection[int],
    change: Callable[[Case, Known], None],
    seen_at: datetime | None = None,
    **step: Any,
) -> int:
    now = timezone.now()
    with transaction.atomic():
        # Read before the lock: an answer that comes between wakes the case.
        known = _known(user, keys, seen_at or now)
        rows = [Case(customer_id=key) for key in sorted(known)]
        Case.objects.bulk_create(rows, ignore_conflicts=True)
        locked = Case.objects.select_for_update().filter(pk__in=among(known))
        cases = list(locked.order_by("pk"))
        # What is as it was already, such as a case given to its owner again, is no step.
        changed = [case for case in cases if _makes_a_difference(change, case, known[case.pk])]
        update(changed, "customer", _CHANGED)
        CaseStep.objects.bulk_create(
            CaseStep(case=case, by_id=user.pk, taken_at=now, **step) for case in changed
        )
    forget_figures(user.pk)
    return len(cases)


def _makes_a_difference(change: Callable[[Case, Known], None], case: Case, known: Known) -> bool:
    before = _STATE(case)
    change(case, known)
    return _STATE(case) != before


def _known(user: AbstractBaseUser, keys: Collection[int], seen_at: datetime) -> dict[int, Known]:
    """For each visible customer and to-do list, when its facts last changed; None if it is not on
    the list, or the user has not seen them yet."""
    since = {each.known: Choice(When(_was_seen(each, seen_at), then=each.since)) for each in TO_DO}
    rows = plainly_visible(user).filter(pk__in=among(keys)).annotate(**since)
    return {
        key: dict(zip(_KNOWN, times, strict=True))
        for key, *times in rows.values_list("pk", *_KNOWN)
    }


def _was_seen(each: ToDo, seen_at: datetime) -> Q:
    is_old = Q(**{each.changed: None}) | Q(**{f"{each.changed}__lte": seen_at})
    return each.condition(today()) & is_old
