"""What a user sees, in each of the ways in which it is asked for."""

from customers.models import Customer, Organization
from customers.services.access.sight import sight_of
from customers.services.access.visible import (
    customers_shown_to,
    last_sent,
    visible_customer,
    visible_customers,
)

DAY = 24 * 60  # minutes


def sees(user):
    """What is visible; the rows of a list and the page of one organization are asked for in other
    ways, and must show the same."""
    listed = {row.organization.org_id: row for row in visible_customers(user)}
    pages = {row.org_id: visible_customer(user, row.org_id) for row in Organization.objects.all()}
    opened = {org_id: customer for org_id, customer in pages.items() if customer}
    keys = Organization.objects.values_list("pk", flat=True)
    rows = {row.organization.org_id: row for row in customers_shown_to(user, keys)}
    assert opened == rows == listed
    for org_id, customer in opened.items():
        assert sight_of(customer) == sight_of(rows[org_id]) == sight_of(listed[org_id])
        assert last_sent(user, customer) == last_sent(user, Customer.objects.get(pk=customer.pk))
    return set(listed)
