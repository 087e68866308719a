"""The renewal that is most likely to meet an expired card, told from one answer."""

from datetime import UTC, date, datetime

import pytest

from customers.services.facts.renewal_risk import renewal_columns
from customers.upstream.stripe.stripe_customer import parse_customer

NOVEMBER, MARCH = date(2026, 11, 30), date(2031, 3, 31)


def seconds(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def card(key, month, year):
    return {"id": key, "object": "card", "brand": "Visa", "exp_month": month, "exp_year": year}


def subscribed(renews, **changes):
    end = seconds(renews) if renews else None
    base = {"id": f"sub_{renews}_{changes}", "status": "active", "current_period_end": end}
    return base | changes


def columns(*subscriptions, default="card_1", **changes):
    customer = {
        "id": "cus_1",
        "default_source": default,
        "sources": {"data": [card("card_1", 11, 2026), card("card_2", 3, 2031)]},
        "subscriptions": {"data": list(subscriptions)},
    }
    found = renewal_columns(parse_customer(customer | changes))
    return found["charged_expires_on"], found["charged_renews_on"]


def test_a_subscription_charges_the_default():
    assert columns(subscribed("2026-12-04")) == (NOVEMBER, date(2026, 12, 4))


def test_a_subscription_with_a_method_of_its_own_charges_that():
    own = subscribed("2026-12-04", default_source="card_2")

    assert columns(own) == (MARCH, date(2026, 12, 4))


def test_what_renews_after_its_card_has_ended_comes_first_and_the_next_of_it():
    safe = subscribed("2026-11-25")
    later, next_one = subscribed("2027-06-01"), subscribed("2026-12-04")
    unknown = subscribed(None)

    assert columns(safe, later, unknown, next_one) == (NOVEMBER, date(2026, 12, 4))


@pytest.mark.parametrize("day", ["2026-11-25", "2026-11-30"])
def test_what_renews_on_an_unknown_day_comes_before_what_is_safe(day):
    safe = subscribed(day)

    assert columns(safe, subscribed(None, default_source="card_2")) == (MARCH, None)


def test_of_what_is_safe_the_card_that_ends_first_is_told():
    own = subscribed("2026-11-20", default_source="card_2")

    assert columns(own, subscribed("2026-11-25")) == (NOVEMBER, date(2026, 11, 25))


@pytest.mark.parametrize(
    "changes",
    [
        {"cancel_at_period_end": True},
        {"cancel_at": seconds("2026-12-01")},
        {"status": "canceled"},
        {"status": "unpaid"},
        {"status": "incomplete"},
        {"pause_collection": {"behavior": "void"}},
        {"collection_method": "send_invoice"},
        {"default_source": "card_unknown"},
    ],
)
def test_what_does_not_renew_or_charges_no_known_card_tells_nothing(changes):
    assert columns(subscribed("2026-12-04", **changes)) == (None, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"current_period_end": None},
        {"current_period_end": None, "cancel_at": seconds("2028-12-01")},
        {"status": "a status of tomorrow"},
        {"pause_collection": {"behavior": "void", "resumes_at": seconds("2027-01-01")}},
    ],
)
def test_what_may_renew_but_nobody_knows_when_has_no_day(changes):
    assert columns(subscribed("2026-12-04", **changes)) == (NOVEMBER, None)


def test_subscriptions_that_were_not_sent_may_renew_on_any_day():
    assert columns(subscriptions=None) == (NOVEMBER, None)
    some = {"data": [subscribed("2026-11-25")], "has_more": True, "total_count": 12}
    assert columns(subscriptions=some) == (NOVEMBER, None)


def test_no_subscription_renews_nothing():
    assert columns() == (None, None)


def test_a_renewal_without_an_own_method_does_not_charge_what_another_names():
    own = subscribed("2026-12-01", default_source="card_2")

    assert columns(own, subscribed("2031-12-04"), default=None) == (MARCH, date(2026, 12, 1))


def test_a_renewal_has_the_day_of_the_time_zone_that_cards_expire_in(settings):
    settings.TIME_ZONE = "America/New_York"
    after_midnight_in_utc = subscribed("2026-12-01T00:30:00")

    assert columns(after_midnight_in_utc) == (NOVEMBER, date(2026, 11, 30))


@pytest.mark.parametrize(("status", "is_outstanding"), [("incomplete", True), ("active", False)])
def test_a_first_payment_is_outstanding_whatever_is_worse(status, is_outstanding):
    both = [subscribed("2026-12-04", status="past_due"), subscribed("2026-12-05", status=status)]
    customer = {"id": "cus_1", "subscriptions": {"data": both}}

    found = renewal_columns(parse_customer(customer))

    assert found["first_payment_outstanding"] is is_outstanding
