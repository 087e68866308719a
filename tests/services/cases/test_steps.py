"""Acting on cases: who may, what is kept of it, and what two people or a crash leave behind."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection

from customers.models import Access, Case, CaseStep, Credentials, Customer
from customers.services.cases.steps import (
    assign,
    handle,
    reopen,
    snooze,
    unassign,
)
from customers.services.checking.store import store
from customers.services.lists.selection import Selection, selected_customers
from customers.services.wording.expiry import today
from tests.helpers.cases import standing_of
from tests.helpers.rows import (
    ago,
    answered,
    give_credentials,
    grant,
    make_organization,
    show,
    stripe_customer,
)


@pytest.fixture
def northwind(ana, anas):
    return show(ana, "northwind", delinquent=True)


def kinds():
    return list(CaseStep.objects.order_by("pk").values_list("kind", "by__username"))


def test_each_step_is_kept_with_who_and_when_and_what(northwind, ana, ben):
    until = today() + timedelta(days=3)

    assert assign(ana, [northwind.pk], ana) == 1
    assert snooze(ana, [northwind.pk], until) == 1
    assert assign(ana, [northwind.pk], ben) == 1
    assert handle(ana, [northwind.pk]) == 1
    assert reopen(ana, [northwind.pk]) == 1
    assert unassign(ana, [northwind.pk]) == 1

    assert [kind for kind, _by in kinds()] == [
        *("taken", "snoozed", "assigned", "handled", "reopened", "released")
    ]
    assert {by for _kind, by in kinds()} == {"ana"}
    assert CaseStep.objects.get(kind="snoozed").until == until
    assert CaseStep.objects.get(kind="assigned").assigned_to == ben
    assert Case.objects.get().owner is None


def test_what_changes_nothing_is_no_step(northwind, ana, ben):
    assign(ana, [northwind.pk], ben)

    assert assign(ana, [northwind.pk], ben) == 1
    assert reopen(ana, [northwind.pk]) == 1

    assert kinds() == [("assigned", "ana")]


def test_it_is_handled_by_whom_when_and_on_which_facts(northwind, ana):
    seen_at = ago(60)
    Customer.objects.update(delinquent_seen_at=seen_at)

    handle(ana, [northwind.pk])

    case = Case.objects.get()
    assert (case.handled_by, case.snoozed_until) == (ana, None)
    assert case.handled_at
    assert case.knew_delinquent == seen_at
    assert case.knew_expired is case.knew_no_payment_method is None


@pytest.mark.parametrize("way", [handle, lambda u, keys: snooze(u, keys, date(2999, 1, 1))])
def test_who_gives_or_takes_it_opens_it(northwind, ana, ben, way):
    way(ana, [northwind.pk])

    assign(ana, [northwind.pk], ben)

    assert standing_of(northwind) == "open"
    case = Case.objects.get()
    assert case.snoozed_until is case.handled_at is case.handled_by is case.knew_delinquent is None


@pytest.mark.parametrize("way", [handle, lambda u, keys, at: snooze(u, keys, date(2999, 1, 1), at)])
def test_what_changed_after_the_page_was_made_is_not_put_to_rest(northwind, ana, way):
    Customer.objects.update(delinquent_seen_at=ago(5))

    way(ana, [northwind.pk], ago(6))
    assert standing_of(northwind) == "open"

    way(ana, [northwind.pk], ago(4))
    assert standing_of(northwind) in {"handled", "snoozed"}


def _nobody(user):
    pass


def _superuser(user):
    User.objects.filter(pk=user.pk).update(is_superuser=True)


def _denied(user):
    grant_of(user, state=Access.State.DENIED, customer_sent_at=None)


def _lapsed(user):
    grant_of(user, proved_at=ago(60 * 24 * 4), customer_sent_at=ago(60 * 24 * 4))


def _not_set_up(user):
    grant_of(user, customer_sent_at=None)


def _former(user):
    grant_of(user)
    Credentials.objects.filter(user=user).update(proves_since=ago(0))


def grant_of(user, **facts):
    grant(user, Customer.objects.get().organization, **facts)


@pytest.mark.parametrize("way", [_nobody, _superuser, _denied, _lapsed, _not_set_up, _former])
@pytest.mark.parametrize("act", [handle, reopen, unassign, lambda u, keys: assign(u, keys, u)])
def test_who_may_not_see_the_organization_changes_nothing(northwind, ana, ben, bens, way, act):
    assign(ana, [northwind.pk], ana)
    way(ben)
    ben = User.objects.get(pk=ben.pk)

    assert not selected_customers(ben, Selection(org_ids=("northwind",)))
    assert act(ben, [northwind.pk]) == 0

    assert Case.objects.get().owner == ana
    assert kinds() == [("taken", "ana")]


def test_of_many_only_those_that_the_user_may_see_are_counted(northwind, ana, ben, bens):
    other = show(ben, "others", delinquent=True)

    assert assign(ana, [northwind.pk, other.pk], ben) == 1

    assert list(Case.objects.values_list("customer_id", flat=True)) == [northwind.pk]


def test_it_may_be_given_to_who_does_not_see_it_yet(northwind, ana, ben):
    assert assign(ana, [northwind.pk], ben) == 1

    assert Case.objects.get().owner == ben


def test_a_step_that_fails_leaves_nothing(northwind, ana, monkeypatch):
    monkeypatch.setattr(CaseStep.objects, "bulk_create", lambda rows: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        handle(ana, [northwind.pk])

    assert not Case.objects.exists()


def test_a_former_user_and_a_deleted_organization_break_nothing(northwind, ana, ben, bens):
    grant_of(ben)
    assign(ben, [northwind.pk], ben)
    handle(ben, [northwind.pk])
    ben.delete()

    case = Case.objects.get()
    assert case.owner is case.handled_by is None
    assert kinds() == [("taken", None), ("handled", None)]
    assert standing_of(northwind) == "handled"

    northwind.organization.delete()
    assert not Case.objects.exists()
    assert not CaseStep.objects.exists()


def test_a_stored_answer_wakes_what_was_handled(ana, anas):
    organization = make_organization("northwind")
    grant(ana, organization)
    answers = iter(range(9, 0, -1))

    def say(**facts):
        payload = stripe_customer(**facts)
        store([answered("northwind", anas, ago(next(answers)), payload)])
        return standing_of(Customer.objects.get())

    assert say(delinquent=True) == "open"
    handle(ana, [organization.pk])
    assert say(delinquent=True) == "handled"
    assert say(delinquent=True, email="new@northwind.example") == "handled"
    assert say(delinquent=False) == "handled"
    assert say(delinquent=True) == "open"
    handle(ana, [organization.pk])
    assert say(delinquent=True, exp_year=2020) == "open"


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_the_last_wins_and_both_steps_stay():
    ana, ben = (User.objects.create(username=name, is_staff=True) for name in ("ana", "ben"))
    for user in (ana, ben):
        give_credentials(user, f"a token of {user}")
    customers = [show(ana, f"org-{number}", delinquent=True) for number in range(5)]
    for customer in customers:
        grant(ben, customer.organization)
    keys, start = [customer.pk for customer in customers], Barrier(2)

    def take(user, order):
        start.wait()
        try:
            assign(user, order, user)
        finally:
            connection.close()

    threads = [
        Thread(target=take, args=(ana, keys)),
        Thread(target=take, args=(ben, keys[::-1])),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    last = CaseStep.objects.order_by("-pk").first()
    assert {case.owner for case in Case.objects.all()} == {last.by}
    assert CaseStep.objects.count() == 10
