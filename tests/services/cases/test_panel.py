"""What pages say of cases: a row's word, and the steps as far as the reader may know the past."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import Access, Case, Customer
from customers.services.access.visible import customers_shown_to, visible_customer
from customers.services.cases.case_rows import cases_of
from customers.services.cases.panel import case_panel
from customers.services.cases.steps import assign, handle, snooze
from customers.services.wording.expiry import today
from customers.services.wording.formats import day_words
from tests.helpers.rows import ago, grant, show

SOON = today() + timedelta(days=3)


@pytest.fixture
def northwind(ana, anas, ben, bens):
    customer = show(ana, "northwind", delinquent=True)
    grant(ben, customer.organization)
    return customer


def panel(user):
    return case_panel(user, visible_customer(user, "northwind"))


def lines(user):
    return [line.words for line in panel(user).lines]


def test_a_case_without_a_row_is_open_and_nobodys(northwind, ana):
    said = panel(ana)

    assert (said.standing, said.owner, said.owner_id, said.lines) == ("open", "", None, [])


def test_steps_are_told_latest_first(northwind, ana, ben):
    assign(ana, [northwind.pk], ben)
    snooze(ben, [northwind.pk], SOON)

    said = panel(ana)

    assert (said.standing, said.owner, said.is_own) == ("snoozed", "ben", False)
    assert said.snoozed_until == SOON
    assert lines(ana) == [f"ben snoozed it until {day_words(SOON)}", "ana assigned it to ben"]
    assert panel(ben).is_own


def test_steps_tell_no_more_of_the_past_than_the_history(northwind, ana, ben):
    """Ben was only told "not set up": he sees how the case stands now, and his own steps."""
    assign(ana, [northwind.pk], ana)
    Customer.objects.update(is_set_up=False, state="none")
    Access.objects.filter(user=ben).update(customer_sent_at=None)
    handle(ben, [northwind.pk])

    assert lines(ben) == ["ben marked it as handled"]
    assert panel(ben).owner == "ana"
    assert lines(ana) == ["ben marked it as handled", "ana took it"]


def test_what_opened_it_again_is_told(northwind, ana):
    snooze(ana, [northwind.pk], SOON)
    Case.objects.update(snoozed_until=today())
    assert panel(ana).lines[0].words == "Open again, snooze ended"

    handle(ana, [northwind.pk])
    Customer.objects.update(delinquent_seen_at=ago(1))
    assert panel(ana).lines[0].words == "Open again, billing changed"


def test_a_deactivated_owner_is_no_owner(northwind, ana, ben):
    assign(ana, [northwind.pk], ben)
    type(ben).objects.filter(pk=ben.pk).update(is_active=False)

    assert panel(ana).owner == ""
    assert cases_of(customers_shown_to(ana, [northwind.pk])) == {}
    assert lines(ana) == ["ana assigned it to ben"]


def test_a_former_user_is_not_named(northwind, ana, ben):
    assign(ben, [northwind.pk], ben)
    ben.delete()

    assert lines(ana) == ["a former user took it"]


def test_the_cases_of_rows_take_two_statements_where_one_is_at_rest(northwind, ana, ben):
    fine, waiting = show(ana, "fine"), show(ana, "waiting", delinquent=True)
    assign(ana, [northwind.pk], ana)
    snooze(ana, [waiting.pk], SOON)
    keys = [northwind.pk, fine.pk, waiting.pk]

    with CaptureQueriesContext(connection) as asked:
        found = cases_of(customers_shown_to(ana, keys))

    assert len(asked) == 2
    assert {key: (case.standing, case.owner) for key, case in found.items()} == {
        northwind.pk: ("open", "ana"),
        waiting.pk: ("snoozed", ""),
    }
    assert found[waiting.pk].words == f"snoozed until {day_words(SOON)}"


def test_a_case_that_is_snoozed_while_a_page_is_made_is_told_with_its_day(northwind, ana):
    handle(ana, [northwind.pk])
    rows, row = list(customers_shown_to(ana, [northwind.pk])), visible_customer(ana, "northwind")

    snooze(ana, [northwind.pk], SOON)

    assert cases_of(rows)[northwind.pk].words == f"snoozed until {day_words(SOON)}"
    assert (case_panel(ana, row).standing, case_panel(ana, row).snoozed_until) == ("snoozed", SOON)


def test_only_who_may_see_an_organization_is_told_of_its_case(northwind, ana, ben):
    assign(ana, [northwind.pk], ana)
    Access.objects.filter(user=ben).update(state="denied", customer_sent_at=None)

    assert cases_of(customers_shown_to(ben, [northwind.pk])) == {}
