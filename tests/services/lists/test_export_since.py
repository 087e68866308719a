"""Since when it is so, in exports."""

import pytest

from customers.models import Customer
from customers.services.access.visible import visible_customers
from customers.services.lists.export import export_row
from tests.helpers.exports import AFTER, FIRST, SEEN
from tests.helpers.rows import grant, make_customer, make_organization, show


def sinces(user):
    row = export_row(visible_customers(user).get())
    return row["delinquent_since"], row["state_since"]


@pytest.mark.parametrize(
    ("known", "since"),
    [
        ({"first_checked_at": FIRST}, FIRST),
        ({"first_checked_at": FIRST, "after": AFTER, "seen_at": SEEN}, SEEN),
        ({"first_checked_at": FIRST, "seen_at": SEEN}, None),
        ({}, None),
    ],
    ids=["at first sight", "later", "as read again", "untold"],
)
def test_since_is_the_arrival_of_the_first_answer_that_said_so(ana, anas, known, since):
    of_both = {
        f"{name}_{end}": known[end]
        for name in ("delinquent", "state")
        for end in ("after", "seen_at")
        if end in known
    }
    first = known.get("first_checked_at")
    show(ana, "northwind", delinquent=True, first_checked_at=first, **of_both)

    told = since and since.isoformat()
    assert sinces(ana) == (told, told)


@pytest.mark.parametrize("delinquent", [False, None])
def test_what_is_not_delinquent_is_not_so_since_any_time(ana, anas, delinquent):
    show(
        ana,
        "northwind",
        delinquent=delinquent,
        first_checked_at=FIRST,
        delinquent_after=AFTER,
        delinquent_seen_at=SEEN,
    )

    assert sinces(ana)[0] is None


def test_who_was_only_told_not_set_up_is_told_no_since(ana, anas):
    organization = make_organization("northwind")
    make_customer(
        organization,
        is_set_up=False,
        state=Customer.State.NONE,
        first_checked_at=FIRST,
        state_after=AFTER,
        state_seen_at=SEEN,
    )
    grant(ana, organization, customer_sent_at=None)

    assert sinces(ana) == (None, None)
