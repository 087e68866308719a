"""The state of each user's credentials: times and counts, no secrets or organizations."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import User
from django.db.models import Case, Q, QuerySet, When

from customers.database.capped_counts import COUNT_CAP, capped_counts
from customers.models import Credentials
from customers.services.access.visible import granted_proofs, listed_proofs
from customers.services.credentials.call_counts import calls_today
from customers.services.credentials.session_expiry import likely_end


@dataclass(frozen=True, slots=True)
class CredentialsHealth:
    """`ends` is the likely end of the session, `reachable` the capped count of current proofs."""

    user: User
    credentials: Credentials | None
    ends: datetime | None = None
    calls: int = 0
    reachable: int = 0


def health_of(user: User) -> CredentialsHealth:
    row = Credentials.objects.filter(user_id=user.pk).first()
    if row is None:
        return CredentialsHealth(user, None)
    proved = capped_counts({"granted": granted_proofs(user), "listed": listed_proofs(user)})
    reachable = min(sum(proved.values()), COUNT_CAP + 1)
    return CredentialsHealth(user, row, likely_end(row), calls_today(row), reachable)


def on_the_board() -> QuerySet[User]:
    ended = (Credentials.State.EXPIRED, Credentials.State.REFUSED)
    place = Case(
        When(credentials__state__in=ended, then=0),
        When(credentials__isnull=False, then=1),
        default=2,
    )
    is_shown = Q(is_active=True, is_staff=True) | Q(credentials__isnull=False)
    return User.objects.filter(is_shown).order_by(place, "username")
