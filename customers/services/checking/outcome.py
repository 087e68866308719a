from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.utils import timezone

from customers.models import SyncRun
from customers.services.credentials.store import Opened
from customers.upstream.client import CustomerAnswer, OrganizationDetails
from customers.upstream.message import Message


class Result(StrEnum):
    ANSWERED = "answered"
    LISTED = "listed"  # a permission list was read
    DENIED = "denied"
    MISSING = "missing"
    EXPIRED = "expired"
    UNAVAILABLE = "unavailable"
    INVALID = "invalid"
    DISCOUNTED = "discounted"  # too late or not credible; nothing is stored


# The answer is not refreshed, and another attempt may succeed.
FAILURES = frozenset({Result.EXPIRED, Result.UNAVAILABLE, Result.INVALID, Result.DISCOUNTED})
# A 400 is discounted if nothing has proved the credentials yet.
UNPROVED_400 = Message("unproved_400")


class Answered(Protocol):
    """What becomes a row: an outcome with an answer, or one that was held until `seen_at`."""

    @property
    def answer(self) -> CustomerAnswer | None: ...
    @property
    def asked_at(self) -> datetime: ...
    @property
    def answered_at(self) -> datetime: ...
    @property
    def user_id(self) -> int | None: ...
    @property
    def seen_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """`answer` is set exactly when `result` is ANSWERED; otherwise `error` says why not."""

    org_id: str
    asked_with: Opened
    result: Result
    asked_at: datetime
    answered_at: datetime
    answer: CustomerAnswer | None = None
    error: Message = Message()
    # Set at the user's first answer, so that an unknown organization can be registered.
    details: OrganizationDetails | None = None
    calls: int = 1  # to the upstream
    run: SyncRun | None = None  # the one that asked
    is_of_list: bool = False  # of a permission list, not of a customer
    named: frozenset[str] = frozenset()  # the usersIds of the list, if LISTED

    def discounted(self, error: Message) -> "Outcome":
        return replace(self, result=Result.DISCOUNTED, answer=None, details=None, error=error)

    def is_older_than(self, stored: datetime | None) -> bool:
        """Whether what is stored was asked for later. A time in the future is from a clock set
        back."""
        return stored is not None and self.asked_at < stored <= timezone.now()

    @property
    def user_id(self) -> int:
        return self.asked_with.user_id

    @property
    def seen_at(self) -> datetime:
        return self.answered_at

    @property
    def is_not_set_up(self) -> bool:
        return self.answer is not None and not self.answer.is_set_up

    @property
    def label(self) -> str:
        return self.answer.customer.state.value if self.answer else self.result.value


def main_trouble(outcomes: Iterable[Outcome], timed_out: int = 0) -> Message:
    """An ended session, which the user can fix, or else the most frequent trouble. `timed_out`: how
    many have no outcome, because there was no time."""
    failed = [outcome for outcome in outcomes if outcome.result in FAILURES]
    ended = [outcome.error for outcome in failed if outcome.result is Result.EXPIRED]
    others = [*(outcome.error for outcome in failed), *[Message("timed_out")] * timed_out]
    most = Counter(ended or others).most_common(1)
    return most[0][0] if most else Message()
