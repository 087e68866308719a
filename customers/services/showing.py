"""Keep with each proof what it shows: facts of the stored answer, copied into every Access of it.

They hold as of the transaction that stored the answer. `Access.shows_since` follows from them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from customers.models import Access, Customer

# Columns of Access, each with the one of Customer that it is a copy of.
COPIES = {
    "shows_set_up": "is_set_up",
    "shows_state": "state",
    "shows_delinquent": "delinquent",
    "shows_expires_on": "expires_on",
}
FACTS = (*COPIES, "shows_failing")


def facts_of(customer: Customer | None) -> dict[str, Any]:
    """What a proof shows while `customer` is the stored row; nothing without an answer."""
    if customer is None or customer.state == Customer.State.UNCHECKED:
        return dict.fromkeys(FACTS) | {"shows_state": "", "shows_failing": False}
    facts = {name: getattr(customer, column) for name, column in COPIES.items()}
    return facts | {"shows_failing": bool(customer.last_error)}


def carry_over(organization_ids: Iterable[int]) -> None:
    """Bring everybody's proofs of these organizations in line with the stored answers."""
    answer = Customer.objects.filter(pk=OuterRef("organization_id")).exclude(
        state=Customer.State.UNCHECKED
    )
    facts: dict[str, Any] = {
        name: Subquery(answer.values(column)) for name, column in COPIES.items()
    }
    facts["shows_state"] = Coalesce(facts["shows_state"], Value(""))
    failing = answer.annotate(failing=~Q(last_error="")).values("failing")
    facts["shows_failing"] = Coalesce(Subquery(failing), Value(False))
    Access.objects.filter(organization_id__in=list(organization_ids)).update(**facts)
