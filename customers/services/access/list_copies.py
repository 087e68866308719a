"""Keep the copies that lists are read by in line: what proofs show.

What a proof shows are facts of the stored answer, copied into every Access of it in the
transaction that stores the answer. `Access.shows_since` follows from them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from customers.database.key_parameters import among
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
    return facts | {"shows_failing": bool(customer.last_error_code)}


def carry_over(organization_ids: Iterable[int]) -> None:
    """Bring everybody's proofs of these organizations in line with the stored answers."""
    answer = Customer.objects.filter(pk=OuterRef("organization_id")).exclude(
        state=Customer.State.UNCHECKED
    )
    facts: dict[str, Any] = {
        name: Subquery(answer.values(column)) for name, column in COPIES.items()
    }
    facts["shows_state"] = Coalesce(facts["shows_state"], Value(""))
    failing = answer.annotate(failing=~Q(last_error_code="")).values("failing")
    facts["shows_failing"] = Coalesce(Subquery(failing), Value(False))
    if keys := list(organization_ids):
        Access.objects.filter(organization_id__in=among(keys)).update(**facts)


def on_proofs(condition: Q) -> Q | None:
    """A condition on Customer as one on Access; None if it asks for what is not copied."""
    parts = [_on_proof(part) for part in condition.children]
    if None in parts:
        return None
    if condition.negated and parts == [("shows_failing", False)]:
        return Q(shows_failing=True)  # as the partial index says it
    return Q(*parts, _connector=condition.connector, _negated=condition.negated)


def _on_proof(part: Any) -> Any:
    if isinstance(part, Q):
        return on_proofs(part)
    if part == ("last_error_code", ""):
        return ("shows_failing", False)
    column, _, lookup = part[0].partition("__")
    copy = next((name for name, original in COPIES.items() if original == column), None)
    return copy and ("__".join(filter(None, (copy, lookup))), part[1])
