"""Count the calls that are made with each user's credentials, by day.

One update a user and stored batch, so that a sync does not write for each call. A call that is
repeated because Catalyze was slow or failing counts once.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Case, F, When
from django.utils import timezone

from customers.models import Credentials


def count_all(calls: Iterable[tuple[int, int]]) -> None:
    """Count calls, given as the key of a user and a number; always in the order of the users."""
    sums: Counter[int] = Counter()
    for user_id, number in calls:
        sums[user_id] += number
    for user_id, number in sorted(sums.items()):
        count_calls(user_id, number)


def count_calls(user_id: int, number: int = 1) -> None:
    today = timezone.localdate()
    before = Case(When(calls_on=today, then=F("calls")), default=0)
    Credentials.objects.filter(user_id=user_id).update(calls=before + number, calls_on=today)


def calls_today(row: Credentials) -> int:
    return row.calls if row.calls_on == timezone.localdate() else 0
