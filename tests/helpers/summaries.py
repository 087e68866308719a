"""Customers to be summed up."""

from datetime import UTC, date, datetime

from customers.models import Customer, Organization

TODAY = date(2026, 11, 22)
VALID, SOON, PAST = date(2031, 5, 31), date(2026, 12, 31), date(2026, 10, 31)


def customer(state="card", **values):
    """A customer on whom nothing is wrong, but for `values`."""
    fine = {"brand": "Visa", "last4": "4242", "expires_on": VALID} if state == "card" else {}
    known = {
        "delinquent": False,
        "livemode": True,
        "checked_at": datetime(2026, 11, 22, tzinfo=UTC),
    }
    organization = Organization(org_id="northwind", name="Northwind Clinics")
    return Customer(organization=organization, state=state, **(fine | known | values))
