"""What a page offers for cases: possible owners, and days to snooze until."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone

from customers.services.wording.expiry import today

_LONGEST_SNOOZE = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class CaseChoices:
    owners: list[tuple[int, str]]  # each with its user name
    tomorrow: date
    next_week: date  # its Monday
    latest: date
    now: str  # sent back with what is decided on what a page shows


def case_choices() -> CaseChoices:
    day = today()
    return CaseChoices(
        owners=list(possible_owners().values_list("pk", "username")),
        tomorrow=day + timedelta(days=1),
        next_week=day + timedelta(days=7 - day.weekday()),
        latest=day + _LONGEST_SNOOZE,
        now=timezone.now().isoformat(),
    )


def possible_owners() -> QuerySet[User]:
    """Active staff. Whether they may see the organization is checked when they open it."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("username")


def may_snooze_until(day: date) -> bool:
    return timedelta() < day - today() <= _LONGEST_SNOOZE
