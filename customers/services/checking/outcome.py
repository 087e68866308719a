"""What came of asking the upstream once about one organization with one user's credentials."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from customers.services.credentials.store import Opened
from customers.upstream.client import CustomerAnswer, OrganizationDetails
from customers.upstream.message import Message


class Result(StrEnum):
    ANSWERED = "answered"
    DENIED = "denied"
    MISSING = "missing"
    EXPIRED = "expired"
    UNAVAILABLE = "unavailable"
    INVALID = "invalid"
    DISCOUNTED = "discounted"  # it came too late, or could not be believed; nothing is stored


# What leaves the answer as old as it was and may come out otherwise next time.
FAILURES = frozenset({Result.EXPIRED, Result.UNAVAILABLE, Result.INVALID, Result.DISCOUNTED})
# Why a 400 is discounted that came before anything proved the credentials.
UNPROVED_400 = Message("unproved_400")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`answer` is there exactly when `result` is ANSWERED; `error` says why otherwise."""

    org_id: str
    asked_with: Opened
    result: Result
    asked_at: datetime
    answered_at: datetime
    answer: CustomerAnswer | None = None
    error: Message = Message()
    # Sent along when the organization was not known, so that it can be registered.
    details: OrganizationDetails | None = None
    calls: int = 1  # that it took to come to it

    def discounted(self, why: Message) -> "Outcome":
        return replace(self, result=Result.DISCOUNTED, answer=None, details=None, error=why)

    @property
    def is_not_set_up(self) -> bool:
        """Whether it was a 400, which proves little about the credentials that got it."""
        return self.answer is not None and not self.answer.is_set_up

    @property
    def label(self) -> str:
        """What to count it as: the state of the answer, or what went wrong."""
        return self.answer.customer.state.value if self.answer else self.result.value
