"""SQLite finds a page of a list, and counts, without first making a list of all that is seen."""

import pytest
from django.db import connection

from customers.services.access.visible import visible_changes, visible_customers
from customers.services.lists.counts import count_worklists
from tests.helpers.rows import grant, make_customer, make_organization

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="only on SQLite"),
]


def plan_of(ask):
    """How SQLite goes about the statements that `ask` makes."""
    plans = []

    def explain(execute, sql, *rest):
        with connection.cursor() as cursor:
            cursor.cursor.execute(f"EXPLAIN QUERY PLAN {sql}", rest[0])
            plans.extend(step[3] for step in cursor.fetchall())
        return execute(sql, *rest)

    with connection.execute_wrapper(explain):
        ask()
    return "\n".join(plans)


@pytest.fixture
def shown(ana, anas):
    for number in range(30):
        organization = make_organization(f"org-{number}")
        make_customer(organization)
        grant(ana, organization)
    return ana


def test_a_page_of_a_list_looks_for_the_proof_of_each_row(shown):
    plan = plan_of(lambda: list(visible_customers(shown).order_by("folded_name")[:26]))

    assert "customers_access" in plan
    assert "LIST SUBQUERY" not in plan


def test_changes_are_looked_for_in_the_same_way(shown):
    plan = plan_of(lambda: list(visible_changes(shown)[:50]))

    assert "customers_access" in plan
    assert "LIST SUBQUERY" not in plan


@pytest.mark.parametrize(
    ("worklist", "index"),
    [
        ("delinquent", "customer_delinquent"),
        ("could-not-check", "customer_failed"),
        ("first-payment-outstanding", "customer_unstarted"),
    ],
)
def test_a_worklist_is_counted_by_an_index_of_its_own(shown, worklist, index):
    plan = plan_of(lambda: count_worklists(shown, [worklist]))

    assert f"customers_customer USING INDEX {index}" in plan


def test_renewals_are_compared_in_an_index_that_tells_all(shown):
    plan = plan_of(lambda: count_worklists(shown, ["expires-before-renewal"]))

    assert "SCAN customers_customer USING COVERING INDEX customer_renewals" in plan


def test_what_is_before_a_user_is_found_from_their_cases_and_mentions(shown):
    plan = plan_of(lambda: count_worklists(shown, ["mine"]))

    assert "SEARCH customers_customer" in plan
    assert "SCAN customers_customer" not in plan


def test_what_changed_since_one_looked_is_counted_from_what_one_looked_at(shown):
    plan = plan_of(lambda: count_worklists(shown, ["changed"]))

    assert "SEARCH customers_customer" in plan
    assert "SCAN customers_customer" not in plan
