"""What is said once about many organizations: answers held, and delinquency of one sync."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Min

from customers.models import HeldAnswer
from customers.services.access.visible import plainly_visible
from customers.services.changes.mass_delinquency import count_mass_delinquency


@dataclass(frozen=True, slots=True)
class MassChanges:
    is_any_held: bool
    held: int  # of what the user may see
    held_since: datetime | None
    delinquent: int


def mass_changes(user: AbstractBaseUser, since: datetime) -> MassChanges:
    """What is held now, and who became delinquent after `since`."""
    delinquent = count_mass_delinquency(user, since)
    held = HeldAnswer.objects.filter(is_held=True)
    if not held.exists():
        return MassChanges(is_any_held=False, held=0, held_since=None, delinquent=delinquent)
    visible = plainly_visible(user).filter(pk__in=held.values("pk"))
    found = visible.aggregate(count=Count("pk"), since=Min("held_answer__since"))
    return MassChanges(True, found["count"], found["since"], delinquent)
