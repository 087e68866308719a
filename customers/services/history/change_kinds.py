"""The kinds of a change, derived from its differences alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from customers.models import Customer
from customers.services.facts.fact import History
from customers.services.facts.table import FACTS


def _facts_with(history: History) -> set[str]:
    return {fact.name for fact in FACTS if fact.history is history}


METHOD = _facts_with(History.METHOD)
ON_FILE = {
    Customer.State.CARD,
    Customer.State.BANK_ACCOUNT,
    Customer.State.OTHER,
    Customer.State.DETAILS_NOT_SENT,
    Customer.State.UNLISTED,
}
_EXPIRY = _facts_with(History.EXPIRY)
_BALANCE = _facts_with(History.BALANCE)
_SUBSCRIPTIONS = _facts_with(History.SUBSCRIPTIONS)
# Facts with sentences of their own if they had another value before.
OWN_SENTENCE = _facts_with(History.VALUE)
Differences = Mapping[str, Sequence[Any]]


def kinds_of(differences: Differences) -> list[str]:
    """At least one kind, in display order."""
    names = meaningful(differences)
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


def meaningful(differences: Differences) -> set[str]:
    """The columns whose difference means something; against a 400, little but the method."""
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
    """Whether anything is left that no other kind of change covers."""
    is_newly_known = "delinquent" in names and _delinquency(names, differences) is None
    return is_newly_known or any(name in names and all(differences[name]) for name in OWN_SENTENCE)


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
