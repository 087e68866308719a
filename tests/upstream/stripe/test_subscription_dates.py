"""When a subscription renews, ends, resumes or leaves its trial."""

from datetime import UTC, datetime

import pytest

from customers.upstream.stripe.subscription import next_renewal, worst_status
from tests.helpers.stripe.subscriptions import END, END_TIME, LATER, read_one

DAY = 86400


def moment(seconds):
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize(
    ("changes", "renewal"),
    [
        ({"status": "canceled"}, None),
        ({"status": "unpaid"}, None),
        ({"status": "paused"}, None),
        ({"status": "incomplete"}, None),
        ({"status": "incomplete_expired"}, None),
        ({"status": "active", "cancel_at_period_end": True}, None),
        ({"status": "active", "current_period_end": None}, None),
        ({"status": "active"}, END_TIME),
        ({"status": "trialing"}, END_TIME),
        ({"status": "past_due"}, END_TIME),
    ],
)
def test_only_what_will_renew_has_a_next_renewal(changes, renewal):
    assert next_renewal([read_one(**changes)]) == renewal


def test_the_next_renewal_is_the_earliest():
    later = read_one(id="su_2", status="active", current_period_end=LATER)

    assert next_renewal([later, read_one(status="active")]) == END_TIME


@pytest.mark.parametrize("status", ["active", "trialing", "past_due"])
@pytest.mark.parametrize(
    ("cancel_at", "at_period_end", "ends", "renews"),
    [
        (END - DAY, False, END - DAY, None),
        (END, False, END, None),
        (END + DAY, False, END + DAY, END),
        (END - DAY, True, END - DAY, None),
        (END, True, END, None),
        (END + DAY, True, END, None),
        (None, True, END, None),
        (None, False, None, END),
    ],
)
def test_what_is_to_be_canceled_renews_only_until_then(
    status, cancel_at, at_period_end, ends, renews
):
    read = read_one(status=status, cancel_at=cancel_at, cancel_at_period_end=at_period_end)

    assert (read.ends_at, read.renews_at) == (moment(ends), moment(renews))


def test_an_end_is_known_without_a_period():
    read = read_one(current_period_end=None, cancel_at=END)

    assert (read.ends_at, read.renews_at) == (END_TIME, None)


def test_what_has_ended_says_when():
    assert read_one(status="canceled", ended_at=END).ended_at == END_TIME


@pytest.mark.parametrize("behavior", ["keep_as_draft", "mark_uncollectible", "void", "something"])
@pytest.mark.parametrize(
    ("resumes_at", "renews"),
    [(None, None), (END + DAY, None), (END, END), (END - DAY, END)],
)
def test_a_paused_subscription_renews_only_in_a_period_that_ends_after_it_resumes(
    behavior, resumes_at, renews
):
    pause = {"behavior": behavior, "resumes_at": resumes_at}

    read = read_one(status="active", pause_collection=pause)

    assert (read.pause.behavior, read.pause.resumes_at) == (behavior, moment(resumes_at))
    assert (read.standing, worst_status([read])) == ("paused", "paused")
    assert (read.renews_at, next_renewal([read])) == (moment(renews), moment(renews))


@pytest.mark.parametrize(
    ("changes", "until"),
    [
        ({"trial_end": END}, END),
        ({"trial_end": END, "current_period_end": LATER}, END),
        ({"trial_end": None}, END),
        ({"trial_end": END, "status": "active"}, None),
    ],
)
def test_a_trial_has_an_end_while_it_lasts(changes, until):
    assert read_one(**changes).trial_ends_at == moment(until)
