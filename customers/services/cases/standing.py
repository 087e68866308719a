"""How cases stand, as conditions on Customer: open, snoozed or handled, with or without an owner.
Computed on reading from typed columns: a new day, a stored answer and a deactivated owner take
effect at once, without a write to any case."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import Q, Value, When

from customers.models import Case, Mention
from customers.services.cases.to_do import TO_DO, ToDo, is_to_do

OPEN, SNOOZED, HANDLED, NOTHING = "open", "snoozed", "handled", ""

# A case has an owner only while that user may work on it.
HAS_OWNER = Q(case__owner__is_active=True, case__owner__is_staff=True)


def is_handled(day: date) -> Q:
    """Handled until there is something new to do."""
    rests = ~_holds(_is_woken(day)) | ~_holds(is_to_do(day))
    return Q(case__handled_at__isnull=False) & rests


def is_snoozed(day: date) -> Q:
    return Q(case__snoozed_until__gt=day) & ~_holds(_is_woken(day))


def is_open(day: date) -> Q:
    """There is something to do or it has an owner, and it is neither handled nor snoozed."""
    return (is_to_do(day) | HAS_OWNER) & ~_holds(is_handled(day)) & ~_holds(is_snoozed(day))


def is_mine(user: AbstractBaseUser, day: date) -> Q:
    return Q(case__owner_id=user.pk) & HAS_OWNER & is_open(day)


def is_unassigned(day: date) -> Q:
    return is_open(day) & ~_holds(HAS_OWNER)


def is_waiting(day: date) -> Q:
    """There is something to do, and it is nobody's or its snooze is over."""
    is_free = ~_holds(HAS_OWNER) | Q(case__snoozed_until__isnull=False)
    return is_to_do(day) & ~_holds(is_handled(day)) & ~_holds(is_snoozed(day)) & is_free


def is_assigned_to_or_mentions(user: AbstractBaseUser, day: date) -> Q:
    """The user's own open cases, and the organizations where a note mentions them."""
    mentioned = Mention.objects.filter(user_id=user.pk, seen_at=None).values("organization_id")
    owned = Case.objects.filter(owner_id=user.pk).values("customer_id")
    # Narrow by both indexes first, and only then compute how each case stands.
    return Q(pk__in=owned.union(mentioned)) & (is_mine(user, day) | Q(pk__in=mentioned))


# The values of the filter `case`, each with its condition.
STANDINGS: dict[str, Callable[[AbstractBaseUser, date], Q]] = {
    "open": lambda user, day: is_open(day),
    "mine": is_mine,
    "nobody": lambda user, day: is_unassigned(day),
    "waiting": lambda user, day: is_waiting(day),
    "snoozed": lambda user, day: is_snoozed(day),
    "handled": lambda user, day: is_handled(day),
}


def standing(day: date) -> models.Case:
    return models.Case(
        When(is_handled(day), then=Value(HANDLED)),
        When(is_snoozed(day), then=Value(SNOOZED)),
        When(is_to_do(day) | HAS_OWNER, then=Value(OPEN)),
        default=Value(NOTHING),
        output_field=models.CharField(),
    )


def _is_woken(day: date) -> Q:
    return reduce(or_, (_is_news(each, day) for each in TO_DO))


def _is_news(each: ToDo, day: date) -> Q:
    """Whether its facts changed since the case was put to rest, or it was not listed then."""
    known = f"case__{each.known}"
    has_changed = Q(**{f"{known}__lt": each.since}) | Q(**{f"{known}__gt": each.since})
    return has_changed | (Q(**{known: None}) & each.condition(day))


def _holds(condition: Q) -> Q:
    """The condition, but false instead of unknown, so that it can be negated."""
    return Q(models.Case(When(condition, then=Value(True)), default=Value(False)))
