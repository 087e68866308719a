"""Whether the portal works, for a probe: the database, and how old the oldest answer is."""

from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError
from django.db.models import Min
from django.utils import timezone

from customers.models import Customer


@dataclass(frozen=True, slots=True)
class PortalHealth:
    has_database: bool
    oldest_answer_seconds: int | None  # None: there is no answer yet, or nobody can say


def health() -> PortalHealth:
    """One look at one index; nothing in it is about a single organization."""
    try:
        oldest = Customer.objects.aggregate(oldest=Min("checked_at"))["oldest"]
    except (DatabaseError, InterfaceError):
        return PortalHealth(has_database=False, oldest_answer_seconds=None)
    if oldest is None:
        return PortalHealth(has_database=True, oldest_answer_seconds=None)
    age = (timezone.now() - oldest).total_seconds()
    return PortalHealth(has_database=True, oldest_answer_seconds=max(0, int(age)))
