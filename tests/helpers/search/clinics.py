"""Clinics that texts name, and what a text lists of them."""

from customers.models import Customer
from customers.services.search.find import find, search
from customers.services.search.match_reasons import reasons

AMBER = "5e9ba0d3-5a3c-4512-9d2e-0123456789ab"
OAK = "7c0f2f5e-1142-4b5e-8d2e-00000000ab42"
LONG = (
    " Thank you for looking into this so soon; we would like to have it settled before the weekend."
)


def listed(user, text):
    """The hits of a text that opens nothing, with their contradictions."""
    found = find(user, text)
    assert found.opens == ""
    if not found.query:  # the page says that the text names no organization
        return {}
    rows = list(search(Customer.objects.select_related("organization"), found.query))
    against = [list(reason.against) for reason in reasons(user, rows, found.query)]
    return dict(zip((row.organization.name for row in rows), against, strict=True))
