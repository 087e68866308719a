"""Health probe: the database works, and the age of the oldest answer."""

from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError
from django.db.models import Min
from django.utils import timezone

from customers.models import Customer


@dataclass(frozen=True, slots=True)
class PortalHealth:
    has_database: bool
    oldest_answer_seconds: int | None  # None: no answer yet


def health() -> PortalHealth:
    try:
        oldest = Customer.objects.aggregate(oldest=Min("checked_at"))["oldest"]
    except (DatabaseError, InterfaceError):
        return PortalHealth(has_database=False, oldest_answer_seconds=None)
    if oldest is None:
        return PortalHealth(has_database=True, oldest_answer_seconds=None)
    age = (timezone.now() - oldest).total_seconds()
    return PortalHealth(has_database=True, oldest_answer_seconds=max(0, int(age)))
