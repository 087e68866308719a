"""What a user may know about an organization besides its present state."""

from dataclasses import dataclass
from datetime import datetime

from customers.models import Customer


@dataclass(frozen=True, slots=True)
class Sight:
    """Times are None where they would reveal answers that others were sent."""

    sent_at: datetime | None  # when the user was sent this customer, within ACCESS_PROOF_TTL
    looked_at: datetime | None  # when the answer that they last saw arrived
    changed_for_user: datetime | None
    delinquent_since: datetime | None  # when the latest answer arrived that made it so
    state_since: datetime | None  # when the present state was first seen
    first_payment_since: datetime | None  # the same of a first payment that is outstanding, or not

    @property
    def knows_past(self) -> bool:
        return self.sent_at is not None


def sight_of(customer: Customer) -> Sight:
    """`customer` is one of visible_customers; any other row reveals nothing."""
    sent_at = getattr(customer, "own_sent", None)
    return Sight(
        sent_at=sent_at,
        looked_at=getattr(customer, "looked_at", None),
        changed_for_user=customer.changed_at if sent_at else None,
        delinquent_since=customer.delinquent_seen_at if sent_at else None,
        state_since=customer.state_seen_at if sent_at else None,
        first_payment_since=customer.first_payment_seen_at if sent_at else None,
    )
