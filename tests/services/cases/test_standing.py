"""How cases stand, as they are read: what opens them, puts them to rest and wakes them."""

from datetime import date, timedelta

import pytest

from customers.models import Case, Customer
from customers.services.cases import steps
from customers.services.cases.steps import assign, handle, snooze
from tests.helpers.cases import filters_of, standing_of
from tests.helpers.rows import ago, show

TODAY = date(2026, 11, 22)
LATER = TODAY + timedelta(days=9)


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr(steps, "today", lambda: TODAY)


def change(customer, **facts):
    Customer.objects.filter(pk=customer.pk).update(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"delinquent": True},
        {"expires_on": date(2026, 10, 31)},
        {"charged_expires_on": date(2026, 11, 30), "charged_renews_on": date(2026, 12, 4)},
        {"state": "none"},
        {"first_payment_outstanding": True},
    ],
)
def test_what_is_on_a_to_do_list_is_open_without_anybody_doing_anything(ana, anas, facts):
    customer = show(ana, "northwind", **facts)

    assert standing_of(customer, TODAY) == "open"
    assert filters_of(ana, customer, TODAY) == {"open", "nobody", "waiting"}


@pytest.mark.parametrize("facts", [{}, {"state": "unknown"}, {"delinquent": None}])
def test_what_is_on_none_of_them_has_nothing_to_do(ana, anas, facts):
    customer = show(ana, "northwind", **facts)

    assert standing_of(customer, TODAY) == ""
    assert filters_of(ana, customer, TODAY) == set()


def test_who_took_it_has_it_even_after_there_is_nothing_to_do(ana, anas, ben):
    customer = show(ana, "northwind", delinquent=True)
    assign(ana, [customer.pk], ana)
    assert filters_of(ana, customer, TODAY) == {"open", "mine"}
    assert filters_of(ben, customer, TODAY) == {"open"}

    change(customer, delinquent=False, delinquent_seen_at=ago(1))

    assert filters_of(ana, customer, TODAY) == {"open", "mine"}


@pytest.mark.parametrize("way", [{"is_active": False}, {"is_staff": False}])
def test_an_owner_who_is_deactivated_frees_it_and_has_it_again_when_back(ana, anas, ben, way):
    customer = show(ana, "northwind", delinquent=True)
    assign(ana, [customer.pk], ben)

    type(ben).objects.filter(pk=ben.pk).update(**way)
    assert filters_of(ben, customer, TODAY) == {"open", "nobody", "waiting"}

    type(ben).objects.filter(pk=ben.pk).update(is_active=True, is_staff=True)
    assert filters_of(ben, customer, TODAY) == {"open", "mine"}


def test_a_snooze_ends_when_its_day_begins(ana, anas):
    customer = show(ana, "northwind", delinquent=True)
    snooze(ana, [customer.pk], LATER)

    assert filters_of(ana, customer, LATER - timedelta(days=1)) == {"snoozed"}
    assert filters_of(ana, customer, LATER) == {"open", "nobody", "waiting"}


def rest_by_snooze(user, customer):
    snooze(user, [customer.pk], date(2027, 11, 1))


def rest_by_handling(user, customer):
    handle(user, [customer.pk])


RESTS = pytest.mark.parametrize("rest", [rest_by_snooze, rest_by_handling])


@RESTS
@pytest.mark.parametrize(
    ("before", "after"),
    [
        # The charge failed again, after it was paid.
        ({"delinquent": True}, {"delinquent_seen_at": ago(1)}),
        (
            {"expires_on": date(2026, 9, 30)},
            {"expires_on": date(2026, 10, 31), "expiry_seen_at": ago(1)},
        ),
        ({"state": "none"}, {"state_seen_at": ago(1)}),
        (
            {"charged_expires_on": date(2026, 11, 30), "charged_renews_on": date(2026, 12, 4)},
            {"charged_renews_on": date(2026, 12, 5), "charge_seen_at": ago(1)},
        ),
        ({"first_payment_outstanding": True}, {"first_payment_seen_at": ago(1)}),
        # One reason of two is gone.
        (
            {"delinquent": True, "expires_on": date(2026, 10, 31)},
            {"expires_on": date(2030, 10, 31), "expiry_seen_at": ago(1)},
        ),
        # It enters another list.
        ({"delinquent": True}, {"state": "none", "state_seen_at": ago(1)}),
        ({"state": "none"}, {"delinquent": True, "delinquent_seen_at": ago(1)}),
    ],
)
def test_a_change_of_what_put_it_there_or_another_list_wakes_it(ana, anas, rest, before, after):
    customer = show(ana, "northwind", **before)
    rest(ana, customer)
    assert "open" not in filters_of(ana, customer, TODAY)

    change(customer, **after)

    assert standing_of(customer, TODAY) == "open"
    assert filters_of(ana, customer, TODAY) == {"open", "nobody", "waiting"}


@RESTS
def test_a_card_that_expires_as_days_pass_wakes_it(ana, anas, rest):
    customer = show(ana, "northwind", delinquent=True, expires_on=date(2026, 11, 30))
    rest(ana, customer)

    assert standing_of(customer, date(2026, 11, 30)) in {"snoozed", "handled"}
    assert standing_of(customer, date(2026, 12, 1)) == "open"


@RESTS
@pytest.mark.parametrize(
    "after",
    [
        {"email": "new@northwind.example", "changed_at": ago(1)},
        {"balance": 100},
        # The expiry is not what put it there.
        {"expires_on": date(2030, 1, 31), "expiry_seen_at": ago(1)},
        {"state": "bank_account", "state_seen_at": ago(1)},
    ],
)
def test_other_changes_let_it_rest(ana, anas, rest, after):
    customer = show(ana, "northwind", delinquent=True)
    rest(ana, customer)

    change(customer, **after)

    assert standing_of(customer, TODAY) in {"snoozed", "handled"}


def test_what_was_handled_and_then_paid_stays_handled_until_a_charge_fails_again(ana, anas):
    customer = show(ana, "northwind", delinquent=True)
    assign(ana, [customer.pk], ana)
    handle(ana, [customer.pk])

    change(customer, delinquent=False, delinquent_seen_at=ago(2))
    assert filters_of(ana, customer, TODAY) == {"handled"}

    change(customer, delinquent=True, delinquent_seen_at=ago(1))
    assert filters_of(ana, customer, TODAY) == {"open", "mine"}


def test_the_filters_and_the_word_of_a_row_say_the_same(ana, anas, ben):
    """Of every way to rest, of some facts before and after, with and without an owner."""
    number = 0
    facts = [{}, {"delinquent": True}, {"state": "none", "state_seen_at": ago(3)}]
    for rest in (None, rest_by_snooze, rest_by_handling):
        for before in facts:
            for after in facts:
                for owner in (None, ana, ben):
                    number += 1
                    customer = show(ana, f"org-{number}", **before)
                    if owner:
                        assign(ana, [customer.pk], owner)
                    if rest:
                        rest(ana, customer)
                    change(customer, **{"delinquent": False, "state": "card"} | after)

                    said, found = standing_of(customer, TODAY), filters_of(ana, customer, TODAY)

                    assert found - {"mine", "nobody", "waiting"} == ({said} if said else set())
                    assert ("mine" in found) is (said == "open" and owner == ana)
                    assert ("nobody" in found) is (said == "open" and owner is None)
    assert Case.objects.count() == number - 9
