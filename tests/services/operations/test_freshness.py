"""Freshness of answers, among organizations that somebody can ask about."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Access, Credentials
from customers.services.operations.freshness import missed_by_anyone, missed_for
from tests.helpers.rows import ago, grant, make_customer, show

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(("minutes", "missed"), [(59, 0), (61, 1)])
def test_an_answer_is_late_once_it_is_older_than_the_objective(ana, anas, minutes, missed):
    customer = show(ana, "northwind", checked_at=ago(minutes))

    found = missed_by_anyone(HOUR)

    assert found.count == missed
    assert found.oldest == (customer.checked_at if missed else None)


def test_what_nobody_can_ask_about_is_not_missed(ana, anas, northwind):
    make_customer(northwind, checked_at=ago(120))
    grant(ana, northwind, state=Access.State.DENIED, customer_sent_at=None)

    assert missed_by_anyone(HOUR).count == 0


@pytest.mark.parametrize("state", [Credentials.State.EXPIRED, Credentials.State.REFUSED])
def test_who_must_sign_in_again_cannot_ask(ana, anas, state):
    show(ana, "northwind", checked_at=ago(120))
    Credentials.objects.update(state=state, expired_at=timezone.now())

    assert missed_by_anyone(HOUR).count == 0


def test_proofs_of_former_credentials_do_not_count(ana, anas):
    show(ana, "northwind", checked_at=ago(120))
    Credentials.objects.update(proves_since=timezone.now())

    assert missed_by_anyone(HOUR).count == 0


def test_an_organization_that_was_never_answered_about_is_missed(ana, anas, northwind):
    make_customer(northwind, state="unchecked", checked_at=None, asked_at=None)
    show(ana, "old", checked_at=ago(120))

    found = missed_by_anyone(HOUR)

    assert (found.count, found.oldest) == (2, None)


def test_each_user_is_told_of_what_they_may_see(ana, anas, ben, bens):
    show(ana, "northwind", checked_at=ago(120))
    other = show(ben, "other", checked_at=ago(180))

    assert missed_for(ana, HOUR).count == 1
    assert missed_for(ben, HOUR).oldest == other.checked_at
    assert missed_by_anyone(HOUR).count == 2
