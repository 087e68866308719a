"""The past of one organization: what changed, between which answers."""

from itertools import groupby

from customers.api.answers.asked import Asked
from customers.api.answers.bounds import checked_limit
from customers.api.answers.changed import change_answer, expiry_answer
from customers.api.answers.envelope import Answer, Unrecorded, enveloped, iso
from customers.api.answers.found import shown_to
from customers.models import Change, Customer
from customers.services.access.visible import last_sent, past_of
from customers.services.history.timeline import timeline
from customers.services.tokens.scopes import Scope

USUAL_LENGTH = 100


def history(asked: Asked, org_id: str, *, limit: int = USUAL_LENGTH) -> Answer:
    found = find_history(asked, org_id, limit=limit)
    asked.disclose([found.customer])
    return found.answer


def find_history(asked: Asked, org_id: str, *, limit: int = USUAL_LENGTH) -> Unrecorded:
    """The latest `limit` changes. Raises Problem."""
    asked.require(Scope.READ, Scope.HISTORY)
    checked_limit(limit)
    shown = shown_to(asked, org_id)
    customer, organization = shown.customer, shown.customer.organization
    is_shown = last_sent(asked.user, customer) is not None
    found = _changes(customer, past_of(asked.user, customer))
    data = {
        "org_id": organization.org_id,
        "name": organization.name,
        "first_checked_at": iso(customer.first_checked_at) if is_shown else None,
        "changes": found[:limit],
        # Without a customer that was sent recently, the past is not shown at all.
        "is_complete": is_shown and len(found) <= limit,
    }
    return Unrecorded(enveloped(asked.user, customer, data, shown.trouble), customer)


def _changes(customer: Customer, changes: list[Change]) -> list[Answer]:
    by_key = {change.pk: change for change in changes}
    found: list[Answer] = []
    for key, events in groupby(timeline(changes, customer), lambda event: event.change_id):
        if key is None:
            found += map(expiry_answer, events)
        else:
            found.append(change_answer(by_key[key], list(events)))
    return found
