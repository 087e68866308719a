"""Since when: words and days."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from customers.services.changes.periods import day_begins, day_ends, first_day_of, last_friday
from tests.helpers.moments import KIRITIMATI, at

FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize("day", [28, 29, 30])
def test_friday_is_the_one_before(day):
    assert last_friday(date(2026, 11, day)) == FRIDAY


def test_on_a_friday_it_is_a_week_ago():
    assert last_friday(date(2026, 12, 4)) == FRIDAY


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("today", date(2026, 12, 1)),
        ("friday", FRIDAY),
        ("week", date(2026, 11, 25)),
        ("month", date(2026, 11, 2)),
        ("2026-05-03", date(2026, 5, 3)),
        *((text, None) for text in ("", "visit", "nonsense", "0001-01-01", "2026-13-01")),
    ],
)
def test_a_word_or_a_day_says_since_when(text, first):
    with time_machine.travel(datetime(2026, 12, 1, 12, tzinfo=UTC)):
        assert first_day_of(text) == first


def test_today_is_that_of_the_reader():
    with time_machine.travel(at("2026-12-31T11:00")), timezone.override(KIRITIMATI):
        first = first_day_of("today")
        begins = day_begins(first)

    assert first == date(2027, 1, 1)
    assert begins == at("2026-12-31T10:00")


def test_a_day_is_as_long_as_the_clocks_say(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    summer_ends = date(2026, 10, 25)

    assert day_begins(summer_ends) == datetime(2026, 10, 24, 22, tzinfo=UTC)
    assert day_ends(summer_ends) == datetime(2026, 10, 25, 23, tzinfo=UTC)
