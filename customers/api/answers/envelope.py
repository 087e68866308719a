"""What each answer says besides its data: as of when, from whom, and until when it may be shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from customers.models import Customer
from customers.services.access.how_proved import kinds_of_proof, proof_ends
from customers.services.checking.lookup import is_stale
from customers.services.wording.messages import said
from customers.upstream.message import Message

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """An answer, and the customer it shows, which is recorded before the answer is sent."""

    answer: Answer
    customer: Customer


def iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def how_known(customer: Customer, proof: str) -> Answer:
    """As of when, from whom, and whether it is stale or a newer answer is held."""
    by = customer.checked_with
    return {
        "as_of": iso(customer.checked_at),
        "source": {
            "checked_by": by.get_username() if by else None,
            "proof": proof,
        },
        "stale": customer.is_held or is_stale(customer),
    }


def enveloped(user: User, customer: Customer, data: Answer, trouble: Message) -> Answer:
    """`trouble` is why there is nothing newer."""
    return {
        "data": data,
        **how_known(customer, kinds_of_proof(user, [customer])[customer.pk]),
        "proof_until": iso(proof_ends(user, customer)),
        "trouble": {"code": trouble.code, "text": said(trouble)} if trouble else None,
    }


def list_answer(data: list[Answer], next_cursor: str, count: int, *, is_capped: bool) -> Answer:
    return {
        "data": data,
        "next": next_cursor or None,
        "count": count,
        "count_is_capped": is_capped,
    }
