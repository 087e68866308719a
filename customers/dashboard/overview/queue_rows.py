"""The rows of the queue of the overview, in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User

from customers.dashboard.lists.card_marks import state_sign
from customers.dashboard.lists.rail import SIGNS
from customers.models import Customer, Organization
from customers.services.lists.worklists import BY_KEY
from customers.services.overview.why import Why, why
from customers.services.wording.expiry import today


@dataclass(frozen=True, slots=True)
class QueueRow:
    key: int
    organization: Organization
    why: Why
    sign: str
    tone: str
    label: str  # the worklist, for screen readers
    owner: str  # "" if nobody has it
    is_own: bool


def queue_rows(user: User, customers: Iterable[Customer]) -> list[QueueRow]:
    return [_row(user, customer) for customer in customers]


def _row(user: User, customer: Customer) -> QueueRow:
    day = today()
    reason = why(customer, day)
    worklist = BY_KEY.get(reason.worklist)
    case = getattr(customer, "case", None)
    owner = case.present_owner if case else None
    return QueueRow(
        customer.pk,
        customer.organization,
        reason,
        sign=SIGNS[reason.worklist] if worklist else state_sign(customer, day),
        tone=worklist.tone if worklist else "plain",
        label=str(worklist.label) if worklist else "",
        owner=owner.get_username() if owner else "",
        is_own=owner == user,
    )
