"""When an answer without a payment method is held, and which answer or run ends that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Customer, HeldAnswer, SyncRun
from customers.services.checking import lookup
from customers.services.checking.held_answers import CONFIRMED_AFTER
from customers.services.checking.lookup import look_up
from customers.services.checking.outcome import Result
from customers.services.checking.release_held import accept_mass_change
from customers.services.checking.store import store
from tests.helpers.rows import ago, answered, not_set_up, refused, stripe_customer
from tests.helpers.sync.held_rows import begun, end, say, say_none, with_cards
from tests.helpers.sync.lying import held, lost, states

MANY = 60
DELETED = {"id": "cus_1", "object": "customer", "deleted": True}


def customer():
    return Customer.objects.get()


@pytest.fixture
def desk(anas):
    return with_cards(anas, MANY)


@pytest.fixture
def waiting(anas):
    """One organization, and the run whose answer about it, of five minutes ago, waits."""
    (org_id,) = with_cards(anas, 1)
    run = begun(ago(10))
    say_none(run, [org_id], anas, 5)
    return org_id, run


def test_two_hours_count_from_the_first_answer_and_not_from_the_start_of_its_run(anas, desk):
    long = begun(ago(180))
    say_none(long, desk, anas, 8)
    end(long)

    again = begun()
    say_none(again, desk, anas, 0)
    end(again)

    assert (held(), lost(), states()) == (MANY, 0, {"card": MANY})


def test_the_first_answer_counts_however_often_it_is_repeated(anas, waiting):
    org_id, _run = waiting
    first = HeldAnswer.objects.get().since

    say_none(begun(ago(3)), [org_id], anas, 2)

    assert HeldAnswer.objects.get().since == first


@pytest.mark.parametrize(("late_by", "is_believed"), [(0, True), (1, False)])
def test_a_run_that_begins_exactly_two_hours_later_is_believed(anas, waiting, late_by, is_believed):
    org_id, _run = waiting
    at = ago(1)
    moment = timedelta(microseconds=late_by)
    HeldAnswer.objects.update(is_held=True, since=at - CONFIRMED_AFTER + moment)

    say_none(begun(at), [org_id], anas, 0)

    assert (customer().state == "none") is is_believed


@pytest.mark.parametrize("ending", ["interrupted", "gave_up", "lost"])
def test_runs_that_are_always_cut_short_confirm_each_other(anas, ending):
    (org_id,) = with_cards(anas, 1)
    for hours in (20, 15):
        assert customer().state == "card"
        run = begun(ago(hours * 60))
        say_none(run, [org_id], anas, hours * 60 - 1)
        end(run, ending)

    assert (customer().state, customer().is_held, lost()) == ("none", False, 1)
    assert not HeldAnswer.objects.exists()


@pytest.mark.parametrize("ending", ["interrupted", "gave_up", "lost"])
def test_what_a_run_left_that_was_cut_short_is_not_believed_but_can_be_accepted(
    ana, anas, waiting, ending
):
    _org_id, run = waiting
    assert accept_mass_change(ana) == 0

    end(run, ending)

    assert (customer().state, HeldAnswer.objects.get().is_held) == ("card", False)
    assert accept_mass_change(ana) == 1
    assert (customer().state, customer().is_held) == ("none", False)


def test_what_a_pruned_run_left_can_be_accepted(ana, anas, waiting):
    SyncRun.objects.all().delete()

    assert (HeldAnswer.objects.get().run, accept_mass_change(ana)) == (None, 1)


def test_a_run_that_waits_for_another_is_judged_and_not_accepted(ana, anas):
    (org_id,) = with_cards(anas, 1)
    begun(ago(10))
    second = begun(ago(9))
    say_none(second, [org_id], anas, 5)

    end(second)

    assert (accept_mass_change(ana), customer().state) == (0, "card")


def test_a_card_releases_what_was_held_while_the_clock_was_ahead(ana, anas, desk):
    run = begun(ago(-60))
    say_none(run, desk, anas, -61)
    end(run)
    assert held() == MANY

    say(begun(), [answered(org_id, anas, ago(0)) for org_id in desk])

    assert not HeldAnswer.objects.exists()
    assert not any(row.is_held for row in Customer.objects.all())
    assert accept_mass_change(ana) == 0
    assert states() == {"card": MANY}


def test_two_hours_do_not_count_from_a_time_in_the_future(anas, waiting):
    org_id, _run = waiting
    HeldAnswer.objects.update(since=ago(-60 * 24), asked_at=ago(-60 * 24))
    at = ago(1)

    say_none(begun(ago(2)), [org_id], anas, 1)

    assert at < HeldAnswer.objects.get().since + timedelta(seconds=5) < timezone.now()


def test_a_late_card_is_shown_and_releases_nothing(ana, anas, waiting):
    org_id, _run = waiting

    store([answered(org_id, anas, ago(7), stripe_customer(last4="1881"))])

    assert (customer().last4, customer().is_held, HeldAnswer.objects.count()) == ("1881", True, 1)


def test_a_late_answer_does_not_take_the_place_of_the_one_that_is_held(anas, bens, waiting):
    org_id, _run = waiting
    latest = HeldAnswer.objects.get().asked_at

    say_none(begun(ago(8)), [org_id], bens, 7)

    assert HeldAnswer.objects.get().asked_at == latest


def test_a_card_in_the_same_batch_releases_at_once(anas, bens):
    (org_id,) = with_cards(anas, 1)

    say(begun(ago(9)), [not_set_up(org_id, anas, ago(5)), answered(org_id, bens, ago(4))])

    assert (HeldAnswer.objects.count(), customer().is_held) == (0, False)


def test_a_deleted_customer_has_nothing_to_lose(anas):
    (org_id,) = with_cards(anas, 1)
    store([answered(org_id, anas, ago(60), DELETED)])

    say_none(begun(ago(9)), [org_id], anas, 5)

    assert (customer().state, HeldAnswer.objects.count()) == ("none", 0)


def test_a_card_that_was_asked_for_before_a_failure_releases_the_row_too(anas, waiting):
    org_id, _run = waiting
    store([refused(org_id, anas, ago(3), Result.UNAVAILABLE)])
    attempted_at = customer().attempted_at

    store([answered(org_id, anas, ago(4))])

    assert not HeldAnswer.objects.exists()
    assert (customer().is_held, customer().failing_since) == (False, None)
    assert customer().attempted_at == attempted_at

    store([refused(org_id, anas, ago(1), Result.UNAVAILABLE)])
    assert customer().last_error_code not in {"", "mass_not_set_up"}


def test_a_failure_before_is_over_when_an_answer_is_held(anas):
    (org_id,) = with_cards(anas, 1)
    store([refused(org_id, anas, ago(300), Result.UNAVAILABLE)])
    asked_at = ago(5)

    say(begun(ago(9)), [not_set_up(org_id, anas, asked_at)])

    assert (customer().is_held, customer().failing_since) == (True, asked_at)


def test_what_is_accepted_keeps_a_later_attempt(ana, anas, waiting):
    org_id, run = waiting
    store([refused(org_id, anas, ago(2), Result.UNAVAILABLE)])
    attempted_at = customer().attempted_at
    end(run, "interrupted")

    accept_mass_change(ana)

    assert (customer().state, customer().last_error_code) == ("none", "")
    assert customer().attempted_at == attempted_at


def test_what_is_accepted_keeps_the_error_of_a_later_attempt(ana, anas):
    (org_id,) = with_cards(anas, 1)
    store([refused(org_id, anas, ago(2), Result.UNAVAILABLE)])
    before = customer()
    run = begun(ago(9))
    say_none(run, [org_id], anas, 5)
    end(run, "interrupted")

    accept_mass_change(ana)

    after = customer()
    assert (after.state, after.last_error) == ("none", before.last_error)
    assert (after.attempted_at, after.failing_since) == (before.attempted_at, before.failing_since)


def test_what_is_accepted_replaces_no_newer_answer(ana, anas, waiting):
    _org_id, run = waiting
    end(run, "interrupted")
    Customer.objects.update(asked_at=ago(1), checked_at=ago(1))

    assert accept_mass_change(ana) == 0

    assert (customer().state, HeldAnswer.objects.count()) == ("card", 0)


def test_an_answer_is_not_held_back_because_a_later_one_is(ana, anas, waiting, monkeypatch):
    org_id, _run = waiting
    (late,) = store([answered(org_id, anas, ago(7))])
    monkeypatch.setattr(lookup, "check", lambda user, org_id: late)

    assert not look_up(ana, org_id, refresh=True).trouble
