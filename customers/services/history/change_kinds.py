"""What a change is about, read from its differences alone. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from customers.models import Customer
from customers.services.facts.fact import History
from customers.services.facts.table import FACTS


def _told_as(history: History) -> set[str]:
    return {fact.name for fact in FACTS if fact.history is history}


METHOD = _told_as(History.METHOD)
ON_FILE = {
    Customer.State.CARD,
    Customer.State.BANK_ACCOUNT,
    Customer.State.OTHER,
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
}
_EXPIRY = _told_as(History.EXPIRY)
_BALANCE = _told_as(History.BALANCE)
_SUBSCRIPTIONS = _told_as(History.SUBSCRIPTIONS)
# A new value is worth a sentence where there was another before.
SAID_ALONE = _told_as(History.VALUE)
Differences = Mapping[str, Sequence[Any]]


def kinds_of(differences: Differences) -> list[str]:
    """The kinds of a change, in the order in which they are told. At least one."""
    names = telling(differences)
    found = [
        kind
        for kind in (_delinquency(names, differences), _method(names, differences))
        if kind is not None
    ]
    if names & _EXPIRY and not names & METHOD:
        found.append("changed_expiry")
    if names & _BALANCE:
        found.append("changed_balance")
    if names & _SUBSCRIPTIONS:
        found.append("changed_subscriptions")
    if not found or _has_details(names, differences):
        found.append("changed_details")
    return found


def telling(differences: Differences) -> set[str]:
    """The columns whose difference says something.

    If one of the two answers was a 400, it says nothing but that there is no payment method.
    """
    names = set(differences)
    if "customer_id" not in names or all(differences["customer_id"]):
        return names
    is_delinquent = "delinquent" in names and differences["delinquent"][1]
    return names & (METHOD | ({"delinquent"} if is_delinquent else set()))


def _delinquency(names: set[str], differences: Differences) -> str | None:
    if "delinquent" not in names:
        return None
    before, now = differences["delinquent"]
    if now is True:
        return "became_delinquent"
    return "was_paid" if before is True and now is False else None


def _has_details(names: set[str], differences: Differences) -> bool:
    """Whether there is something to tell that has no kind of its own."""
    has_turned = "delinquent" in names and _delinquency(names, differences) is None
    return has_turned or any(name in names and all(differences[name]) for name in SAID_ALONE)


def _method(names: set[str], differences: Differences) -> str | None:
    if not names & METHOD:
        return None
    before, now = differences.get("state", (None, None))
    if now == Customer.State.DELETED:
        return "deleted_customer"
    if before in ON_FILE and now == Customer.State.NONE:
        return "lost_method"
    if before == Customer.State.NONE and now in ON_FILE:
        return "gained_method"
    return "changed_method"
