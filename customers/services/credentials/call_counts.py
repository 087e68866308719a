"""Count upstream calls by user and day; retries count once."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, F, When

from customers.models import Credentials
from customers.services.wording.expiry import today


def count_all(calls: Iterable[tuple[int, int]]) -> None:
    """Pairs of user id and count, updated in user order to avoid deadlocks."""
    sums: Counter[int] = Counter()
    for user_id, number in calls:
        sums[user_id] += number
    for user_id, number in sorted(sums.items()):
        count_calls(user_id, number)


def count_calls(user_id: int, number: int = 1) -> None:
    day = today()
    before = Case(When(calls_on=day, then=F("calls")), default=0)
    Credentials.objects.filter(user_id=user_id).update(calls=before + number, calls_on=day)


def calls_today(row: Credentials) -> int:
    return row.calls if row.calls_on == today() else 0
