"""Changes with their kinds, and what a feed tells of them."""

from customers.services.history.change_kinds import kinds_of
from tests.helpers.rows import make_change


def changed(customer, minutes, **differences):
    """A change that was seen so many minutes ago, stored as a check stores it."""
    change = make_change(customer.organization, minutes, **differences)
    for kind in kinds_of(differences):
        setattr(change, kind, True)
    change.save()
    if customer.changed_at is None or customer.changed_at < change.seen_at:
        customer.changed_at = change.seen_at
        customer.save()
    return change


def titles(feed):
    return [(item.organization.org_id, item.event.title) for item in feed.items]


def told(feed):
    """The org ids of its lines."""
    return [line.organization.org_id for line in feed.lines]
