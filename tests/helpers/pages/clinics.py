"""Imported organizations that a newcomer has not met: the first denies Ana."""

from customers.models import Organization
from tests.helpers.pages.lists import CARD

# With as many badges as there can be.
_IN_TROUBLE = {
    "object": "customer",
    "active_card": CARD | {"exp_year": 2020},
    "delinquent": True,
    "subscription": {"object": "subscription", "id": "sub_1", "status": "past_due"},
}


def import_clinics(sandbox, count):
    for number in range(count):
        org_id = f"clinic-{number}"
        Organization.objects.create(org_id=org_id, name=f"Clinic {number}", is_imported=True)
        sandbox.put_org(org_id, name=f"Clinic {number}", payment=["ana"] if number else ["ben"])
        sandbox.put_customer(org_id, _IN_TROUBLE | {"id": f"cus_{number}"})
