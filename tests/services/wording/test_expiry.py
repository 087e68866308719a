"""The calendar of expiry dates: in TIME_ZONE, whatever zone a reader has chosen."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from customers.services.wording.expiry import (
    day_of,
    end_of_month,
    validity_tone,
    warned_from,
    warned_until,
)

EVENING = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
DAY = date(2026, 11, 22)


@pytest.mark.parametrize("readers", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize(
    ("portals", "day"), [("UTC", date(2026, 11, 30)), ("Europe/Berlin", date(2026, 12, 1))]
)
def test_a_day_is_that_of_the_portal_and_not_of_the_reader(settings, portals, readers, day):
    settings.TIME_ZONE = portals

    with timezone.override(readers):
        assert day_of(EVENING) == day


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 11, 1), date(2026, 11, 30)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 2, 3), date(2027, 2, 28)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_the_last_day_of_a_month(day, last):
    assert end_of_month(day) == last


@pytest.mark.parametrize(
    ("last_day", "tone"),
    [
        (None, "plain"),
        (date(2026, 11, 21), "bad"),
        (DAY, "warn"),
        (date(2027, 1, 21), "warn"),
        (date(2027, 1, 22), "good"),
    ],
)
def test_a_card_is_warned_about_from_the_warning_on_until_it_has_expired(last_day, tone):
    assert validity_tone(last_day, DAY) == tone


def test_a_warning_begins_so_many_days_before(settings):
    settings.EXPIRY_WARNING_DAYS = 8

    assert (warned_from(date(2026, 11, 30)), warned_until(DAY)) == (DAY, date(2026, 11, 30))
