"""What is told of a customer that has been read is what the queries of the worklists say."""

from datetime import date, timedelta
from itertools import product

import pytest

from customers.models import Customer
from customers.services.lists.worklists import BY_KEY
from customers.services.overview.on_lists import IS_ON
from tests.helpers.rows import show

TODAY = date(2026, 11, 22)
DAYS = (None, *(TODAY + timedelta(days=by) for by in (-40, -1, 0, 1, 59, 60, 61, 400)))


@pytest.fixture
def all_kinds(ana, anas):
    """Customers with every combination of facts that a list asks about."""
    facts = [
        {"charged_expires_on": end, "charged_renews_on": renewal}
        for end, renewal in product(DAYS, DAYS)
    ]
    facts += [{"expires_on": day} for day in DAYS]
    facts += [{"delinquent": value} for value in (True, False, None)]
    facts += [{"state": state} for state in Customer.State.values if state != "unchecked"]
    facts += [{"first_payment_outstanding": True}]
    for number, known in enumerate(facts):
        show(ana, f"org-{number}", **known)


@pytest.mark.parametrize("key", IS_ON)
def test_a_row_is_on_a_list_if_its_query_finds_it(all_kinds, ana, key):
    condition = BY_KEY[key].condition(ana, TODAY)
    found = set(Customer.objects.filter(condition).values_list("pk", flat=True))

    assert found
    assert {row.pk for row in Customer.objects.all() if IS_ON[key](row, TODAY)} == found
