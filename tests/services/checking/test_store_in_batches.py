"""Many answers are stored at once, in order."""

from customers.models import Access, Change, Customer, Payload
from customers.services.checking.store import store
from tests.helpers.checking import stored
from tests.helpers.rows import (
    ago,
    answered,
    make_organization,
    stripe_customer,
)


def test_two_answers_about_one_organization_in_one_batch_are_stored_in_order(northwind, anas):
    older = answered("northwind", anas, ago(9), stripe_customer(last4="1111"))
    newer = answered("northwind", anas, ago(5), stripe_customer(last4="2222"))

    store([newer, older])

    assert stored(northwind).last4 == "2222"
    assert Payload.objects.get().decoded["sources"]["data"][0]["last4"] == "2222"
    assert Change.objects.get().differences == {"last4": ["1111", "2222"]}


def test_a_batch_of_many_stores_each(anas):
    organizations = [make_organization(f"org-{number}") for number in range(300)]
    outcomes = [
        answered(row.org_id, anas, ago(5), stripe_customer(id=f"cus_{row.org_id}"))
        for row in organizations
    ]

    store(outcomes)

    assert Customer.objects.filter(state="card").count() == 300
    assert Payload.objects.count() == Access.objects.count() == 300
    assert stored(organizations[7]).customer_id == "cus_org-7"


def test_nothing_to_store_stores_nothing(db):
    store([])

    assert not Customer.objects.exists()
