"""The worklists: which organizations are on each, on a given day in TIME_ZONE."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import Customer
from customers.services.lists import worklists
from customers.services.lists.worklists import BY_KEY, WORKLISTS, holds_expiry, narrow
from customers.services.wording.expiry import end_of_month, today
from tests.helpers.rows import failure, make_customer, make_organization

TODAY = date(2026, 11, 22)
NOBODY = User()


@pytest.fixture(autouse=True)
def _on_that_day(monkeypatch):
    monkeypatch.setattr(worklists, "today", lambda: TODAY)


def on(key, **facts):
    """Whether an organization with these facts is on the worklist."""
    customer = make_customer(make_organization("northwind"), **facts)
    return narrow(NOBODY, Customer.objects.all(), key).filter(pk=customer.pk).exists()


def ends(expires_on, renews_on):
    """The columns of a renewal and of the card that it charges."""
    return {
        "charged_expires_on": date.fromisoformat(expires_on),
        "charged_renews_on": date.fromisoformat(renews_on) if renews_on else None,
    }


def test_an_unknown_worklist_is_an_error(db):
    with pytest.raises(KeyError):
        narrow(NOBODY, Customer.objects.all(), "unheard-of")


def test_no_worklist_is_everything(northwind):
    make_customer(northwind)

    assert narrow(NOBODY, Customer.objects.all(), "").count() == 1


@pytest.mark.parametrize(
    ("key", "facts", "is_on"),
    [
        ("delinquent", {"delinquent": True}, True),
        ("delinquent", {"delinquent": False}, False),
        ("delinquent", {"delinquent": None}, False),
        ("expired", {"expires_on": date(2026, 11, 21)}, True),
        ("expired", {"expires_on": TODAY}, False),
        ("expired", {"expires_on": date(2026, 11, 30)}, False),
        ("expired", {"expires_on": None}, False),
        ("expires-this-month", {"expires_on": date(2026, 11, 30)}, True),
        ("expires-this-month", {"expires_on": date(2026, 10, 31)}, False),
        ("expires-this-month", {"expires_on": date(2026, 12, 31)}, False),
        ("expires-this-month", {"expires_on": date(2025, 11, 30)}, False),
        ("expiring", {"expires_on": date(2026, 11, 21)}, False),
        ("expiring", {"expires_on": TODAY}, True),
        ("expiring", {"expires_on": date(2027, 1, 21)}, True),
        ("expiring", {"expires_on": date(2027, 1, 22)}, False),
        ("expiring", {"expires_on": None}, False),
        ("no-payment-method", {"state": "none"}, True),
        ("no-payment-method", {"state": "none", "is_set_up": False}, True),
        ("no-payment-method", {"state": "unknown"}, False),
        ("no-payment-method", {"state": "details_not_sent"}, False),
        ("no-payment-method", {"state": "deleted"}, False),
        ("could-not-check", {"last_error": failure("It failed.")}, True),
        ("could-not-check", {}, False),
        ("details-not-sent", {"state": "details_not_sent"}, True),
        ("details-not-sent", {"state": "unknown"}, False),
        ("unclear", {"state": "unlisted"}, True),
        ("unclear", {"state": "unknown"}, True),
        ("unclear", {"state": "none"}, False),
        ("no-payment-method", {"state": "invoice"}, False),
        ("unclear", {"state": "invoice"}, False),
        ("by-invoice", {"state": "invoice"}, True),
        ("by-invoice", {"state": "none"}, False),
        # It ends before that renewal, on whichever day that is.
        ("expires-before-renewal", ends("2026-11-30", "2026-12-04"), True),
        ("expires-before-renewal", ends("2028-11-30", "2028-12-01"), True),
        ("expires-before-renewal", ends("2026-11-30", "2026-11-30"), False),
        ("expires-before-renewal", ends("2026-12-31", "2026-12-04"), False),
        ("expires-before-renewal", ends("2026-10-31", "2026-12-04"), True),
        # A renewal that nobody knows, or that is past without a new answer, may come any day.
        ("expires-before-renewal", ends("2026-11-30", None), True),
        ("expires-before-renewal", ends("2027-01-21", None), True),
        ("expires-before-renewal", ends("2027-01-31", None), False),
        ("expires-before-renewal", ends("2026-11-30", "2026-11-21"), True),
        ("expires-before-renewal", ends("2026-11-30", "2026-11-22"), False),
        ("expires-before-renewal", ends("2027-01-31", "2026-11-21"), False),
        ("expires-before-renewal", {"expires_on": date(2026, 11, 30)}, False),
        ("first-payment-outstanding", {"first_payment_outstanding": True}, True),
        ("first-payment-outstanding", {"subscription_status": "past_due"}, False),
        ("watched", {}, False),
        ("deleted", {"state": "deleted"}, True),
        ("deleted", {}, False),
    ],
)
def test_what_is_on_a_worklist(db, key, facts, is_on):
    assert on(key, **facts) is is_on


@pytest.mark.parametrize(
    ("last_day", "keys"),
    [
        (date(2026, 11, 21), ["expired"]),
        (TODAY, ["expiring"]),
        (date(2026, 11, 30), ["expires-this-month", "expiring"]),
        (date(2027, 1, 21), ["expiring"]),
        (date(2027, 1, 22), []),
    ],
)
def test_an_expiry_date_alone_is_on_the_same_worklists(last_day, keys):
    by_expiry = ("expired", "expires-this-month", "expiring")

    assert [key for key in by_expiry if holds_expiry(key, last_day)] == keys


def test_the_window_of_what_expires_soon_is_a_setting(northwind, settings):
    settings.EXPIRY_WARNING_DAYS = 8
    make_customer(northwind, expires_on=date(2026, 11, 30))
    make_customer(make_organization("southwind"), expires_on=date(2026, 12, 31))

    assert narrow(NOBODY, Customer.objects.all(), "expiring").get().organization == northwind


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("UTC", date(2026, 11, 30)),
        ("Asia/Tokyo", date(2026, 12, 1)),
        ("America/New_York", date(2026, 11, 30)),
    ],
)
def test_today_is_the_day_in_the_time_zone_of_the_portal(settings, monkeypatch, zone, day):
    settings.TIME_ZONE = zone
    evening = datetime(2026, 11, 30, 20, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: evening)

    assert today() == day


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2028, 2, 1), date(2028, 2, 29)),
        (date(2027, 2, 28), date(2027, 2, 28)),
        (date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_the_end_of_a_month(day, end):
    assert end_of_month(day) == end


def test_every_worklist_has_its_own_key():
    assert len(BY_KEY) == len(WORKLISTS)
