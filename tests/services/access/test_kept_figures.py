"""Figures are kept for a minute, each user's apart, and forgotten by what the user does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from customers.services.access.kept_figures import KEPT_FOR, forget_figures, kept
from customers.services.access.last_viewed import note_look
from customers.services.access.visible import visible_customers
from customers.services.checking.check import check
from customers.services.checking.check_many import check_many
from customers.services.credentials import store as credentials
from customers.services.lists.counts import worklist_counts
from tests.helpers.rows import API_KEY, show

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Have it be that long after noon."""

    def pass_time(**passed):
        monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(**passed))

    pass_time()
    return pass_time


def count(user, figures, kind="worklists"):
    return kept(user, kind, lambda: figures).figures


def test_figures_are_kept_for_a_minute(ana, at):
    assert count(ana, [1]) == [1]

    at(seconds=59)
    assert count(ana, [2]) == [1]
    assert kept(ana, "worklists", list).counted_at == NOON

    at(seconds=60)
    assert count(ana, [2]) == [2]
    assert kept(ana, "worklists", list).counted_at == NOON + KEPT_FOR


def test_each_user_and_kind_has_figures_of_its_own(ana, ben, at):
    counted = [count(ana, [1]), count(ben, [2]), count(ana, [3], "months")]

    assert counted == [[1], [2], [3]]
    forget_figures(ana.pk)
    assert [count(ana, [4]), count(ben, [4]), count(ana, [4], "months")] == [[4], [2], [4]]


def test_a_new_day_counts_again(ana, at):
    at(hours=12, seconds=-5)
    count(ana, [1])

    at(hours=12, seconds=5)

    assert count(ana, [2]) == [2]


def test_a_clock_that_was_set_back_keeps_nothing(ana, at):
    count(ana, [1])

    at(seconds=-1)

    assert count(ana, [2]) == [2]


def test_what_others_do_shows_within_the_minute(ana, anas, at):
    before = worklist_counts(ana)
    show(ana, "northwind", delinquent=True)

    assert worklist_counts(ana) == before


@pytest.mark.parametrize(
    "do",
    [
        lambda user: check(user, "northwind"),
        lambda user: check_many(user, ["northwind"]),
        lambda user: credentials.save_pasted(user, API_KEY, "the token of somebody else"),
        credentials.forget,
    ],
    ids=["a check", "checks", "other credentials", "no credentials"],
)
def test_what_the_user_does_has_all_counted_again(signed_in_ana, sandbox, do):
    show(signed_in_ana, "northwind")
    count(signed_in_ana, ["before"])

    do(signed_in_ana)

    assert count(signed_in_ana, ["after"]) == ["after"]


def test_a_look_at_what_changed_has_all_counted_again(ana, anas):
    show(ana, "northwind")
    count(ana, ["before"])

    note_look(ana, visible_customers(ana).get())

    assert count(ana, ["after"]) == ["after"]


def test_a_worklist_that_a_release_adds_is_counted_at_once(ana, anas, at):
    show(ana, "northwind", delinquent=True)
    kept(ana, "worklists", lambda: {"": 0})

    assert worklist_counts(ana).counts["delinquent"] == 1
    assert worklist_counts(ana).counts[""] == 1
