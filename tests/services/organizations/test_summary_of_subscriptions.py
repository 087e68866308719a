"""The summary of a customer whose subscriptions charge cards of their own."""

from datetime import UTC, date, datetime

import pytest

from customers.services.organizations.summary import summary_of
from customers.upstream.stripe.known_methods import NamedMethod
from customers.upstream.stripe.payment_method import PaymentMethod
from customers.upstream.stripe.subscription import Pause, Subscription
from tests.helpers.summaries import TODAY, customer

LATER = datetime(2027, 1, 3, tzinfo=UTC)


def charging(month, year, **facts):
    """A subscription that renews and charges a card of its own."""
    card = PaymentMethod(
        kind="card", brand="Mastercard", last4="4444", exp_month=month, exp_year=year
    )
    renewing = {
        "status": "active",
        "current_period_end": LATER,
        "method": NamedMethod("pm_1", card),
    }
    return Subscription(**(renewing | facts))


@pytest.mark.parametrize(
    ("subscription", "tone", "title", "detail"),
    [
        (
            charging(10, 2026),
            "bad",
            "The card of a subscription has expired.",
            "Mastercard •••• 4444 was valid through 31 Oct 2026. The next charge may fail.",
        ),
        (
            charging(12, 2026),
            "warn",
            "The card of a subscription expires soon.",
            "Mastercard •••• 4444 expires in 39 days. Many issuers renew cards automatically.",
        ),
    ],
)
def test_a_card_that_only_a_subscription_charges_may_fail_too(subscription, tone, title, detail):
    subscriptions = [Subscription(status="active"), charging(5, 2031), subscription]

    summary = summary_of(customer(), None, TODAY, subscriptions)

    assert (summary.tone, summary.title, summary.detail) == (tone, title, detail)


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (date(2026, 10, 31), "good"),
        (date(2026, 11, 1), "warn"),
        (date(2026, 12, 31), "warn"),
        (date(2027, 1, 1), "bad"),
    ],
)
def test_such_a_card_is_warned_about_through_its_last_day(day, tone):
    unknown = Subscription(
        status="active",
        method=NamedMethod("pm_2", PaymentMethod(kind="card")),
        current_period_end=datetime(2027, 3, 1, tzinfo=UTC),
    )

    assert summary_of(customer(), None, day, [unknown, charging(12, 2026)]).tone == tone


def test_of_several_cards_of_subscriptions_the_first_to_expire_is_told():
    subscriptions = [charging(12, 2026), charging(10, 2026)]

    assert summary_of(customer(), None, TODAY, subscriptions).tone == "bad"


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "canceled"},
        {"status": "unpaid"},
        {"cancel_at_period_end": True},
        {"pause": Pause("void")},
        {"is_invoiced": True},
        {"method": None},
        {"method": NamedMethod("pm_1", None)},
    ],
)
def test_a_card_that_nothing_charges_next_is_no_trouble(facts):
    summary = summary_of(customer(), None, TODAY, [charging(10, 2026, **facts)])

    assert summary.title == "No billing problems."


@pytest.mark.parametrize(
    ("renews_on", "is_before"),
    [(datetime(2026, 12, 31, 12, tzinfo=UTC), False), (datetime(2027, 1, 1, 12, tzinfo=UTC), True)],
)
def test_a_card_that_ends_before_the_renewal_it_is_to_pay_is_said_to(renews_on, is_before):
    subscription = Subscription(id="sub_1", status="active", current_period_end=renews_on)

    summary = summary_of(customer(expires_on=date(2026, 12, 31)), None, TODAY, [subscription])

    assert (summary.title == "The card expires before a renewal.") == is_before
    assert ("the renewal on 1 Jan 2027 comes after that" in summary.detail) == is_before


def test_so_is_one_that_ends_too_late_to_be_warned_of_otherwise():
    renewal = datetime(2027, 9, 1, 12, tzinfo=UTC)
    subscription = Subscription(id="sub_1", status="active", current_period_end=renewal)
    found = customer(expires_on=date(2027, 8, 31))

    summary = summary_of(found, None, TODAY, [subscription])

    assert (summary.tone, summary.title) == ("warn", "The card expires before a renewal.")
