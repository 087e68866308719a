"""Before and after an organization on a list: by the list's own order, and only what is visible."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.services.access.visible import visible_customers
from customers.services.lists import neighbours as module
from customers.services.lists.listing import Listed, list_customers
from customers.services.lists.neighbours import Place, neighbour_of, place_of
from tests.helpers.rows import ago, make_customer, make_organization, show

# With and without a value to sort by, and two of the same.
BALANCES = {"alpha": 300, "beta": None, "gamma": 100, "delta": None, "epsilon": 300}
SORTS = ("name", "-name", "balance", "-balance", "checked", "-since")


@pytest.fixture
def five(ana, anas):
    for org_id, balance in BALANCES.items():
        show(ana, org_id, org_id.title(), balance=balance, delinquent=True, changed_at=ago(9))


def walked(user, listed, *, is_next):
    """The org ids from one end of the list to the other, a step at a time."""
    ids = [row.organization.org_id for row in list_customers(user, listed)]
    seen = [ids[0] if is_next else ids[-1]]
    while found := neighbour_of(user, listed, seen[-1], is_next=is_next):
        seen.append(found.organization.org_id)
    return seen, ids


@pytest.mark.parametrize("sort", SORTS)
def test_steps_lead_through_the_whole_list_in_its_order_and_back(ana, five, sort):
    listed = Listed(worklist="delinquent", sort=sort)

    forwards, ids = walked(ana, listed, is_next=True)
    backwards, _ = walked(ana, listed, is_next=False)

    assert len(ids) == len(BALANCES)
    assert forwards == ids
    assert backwards == ids[::-1]


def test_what_the_user_may_not_see_is_no_neighbour_and_is_not_counted(ana, ben, five):
    make_customer(make_organization("beyond", "Alpha B"))

    assert neighbour_of(ana, Listed(), "alpha", is_next=True).organization.org_id == "beta"
    assert neighbour_of(ana, Listed(), "beyond", is_next=True) is None
    assert neighbour_of(ben, Listed(), "alpha", is_next=True) is None
    assert place(ana, Listed(), "alpha") == Place(0, 4)


def test_what_left_the_list_has_neighbours_and_no_place(ana, five):
    visible_customers(ana).filter(organization__org_id="beta").update(delinquent=False)
    listed = Listed(worklist="delinquent")

    assert neighbour_of(ana, listed, "beta", is_next=True).organization.org_id == "delta"
    assert neighbour_of(ana, listed, "beta", is_next=False).organization.org_id == "alpha"
    assert place(ana, listed, "beta") is None


@pytest.mark.parametrize("sort", SORTS)
def test_a_place_says_how_many_are_before_and_after_in_one_query(ana, five, sort):
    listed = Listed(worklist="delinquent", sort=sort)
    rows = list(list_customers(ana, listed))

    with CaptureQueriesContext(connection) as asked:
        places = [place_of(ana, listed, row) for row in rows]

    assert sum("SELECT" in query["sql"] for query in asked) == len(rows)
    assert places == [Place(at, len(rows) - 1 - at) for at in range(len(rows))]


def test_what_is_too_much_to_count_has_no_number(ana, five, monkeypatch):
    monkeypatch.setattr(module, "_COUNTED", 2)

    assert place(ana, Listed(), "alpha") == Place(0, None)
    assert place(ana, Listed(), "gamma") == Place(None, 0)


def place(user, listed, org_id):
    customer = visible_customers(user).get(organization__org_id=org_id)
    return place_of(user, listed, customer)
