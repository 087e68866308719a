"""Words: ages, intervals and moments as people say them, in the time zone of the portal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from customers.services.wording.formats import (
    age_words,
    day_words,
    interval_words,
    moment_words,
    span_words,
    until_words,
)
from tests.helpers.moments import at


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=23), "23 hours ago"),
        (timedelta(days=1), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_an_age_in_words(age, words):
    assert age_words(age) == words


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(0), "1 minute"),
        (timedelta(seconds=61), "2 minutes"),
        (timedelta(minutes=90), "90 minutes"),
        (timedelta(minutes=91), "2 hours"),
        (timedelta(hours=48), "48 hours"),
        (timedelta(hours=48, seconds=1), "3 days"),
    ],
)
def test_a_bound_on_an_age_is_rounded_up(age, words):
    assert span_words(age) == words


@pytest.mark.parametrize(
    ("after", "until", "words"),
    [
        ("2020-11-19T14:02", "2020-11-19T20:02", "between 19 Nov 2020 14:02 and 20:02"),
        (
            "2020-11-19T14:02",
            "2020-11-20T08:00",
            "between 19 Nov 2020 14:02 and 20 Nov 2020 08:00",
        ),
        ("2020-11-19T14:02:01", "2020-11-19T14:02:59", "19 Nov 2020 14:02"),
    ],
)
def test_an_interval_says_no_more_than_it_must(after, until, words):
    assert interval_words(at(after), at(until)) == words


@pytest.mark.parametrize(
    ("after", "until", "words"),
    [
        # On 25 October 2020, 03:00 CEST was 02:00 CET.
        ("2020-10-25T00:50", "2020-10-25T01:10", "between 25 Oct 2020 02:50 CEST and 02:10 CET"),
        ("2020-10-25T00:30", "2020-10-25T01:30", "between 25 Oct 2020 02:30 CEST and 02:30 CET"),
        ("2020-10-25T00:10", "2020-10-25T00:50", "between 25 Oct 2020 02:10 CEST and 02:50 CEST"),
        ("2020-10-25T01:10", "2020-10-25T04:00", "between 25 Oct 2020 02:10 CET and 05:00 CET"),
        ("2020-10-24T23:00", "2020-10-25T04:00", "between 25 Oct 2020 01:00 CEST and 05:00 CET"),
        (
            "2020-10-24T12:00",
            "2020-10-25T12:00",
            "between 24 Oct 2020 14:00 CEST and 25 Oct 2020 13:00 CET",
        ),
        ("2020-10-25T00:50:01", "2020-10-25T00:50:59", "25 Oct 2020 02:50 CEST"),
        ("2020-03-29T00:30", "2020-03-29T01:30", "between 29 Mar 2020 01:30 CET and 03:30 CEST"),
        ("2020-10-24T23:00", "2020-10-25T00:10", "between 25 Oct 2020 01:00 CEST and 02:10 CEST"),
        ("2020-10-25T03:00", "2020-10-25T04:00", "between 25 Oct 2020 04:00 and 05:00"),
    ],
)
def test_an_interval_across_the_hour_that_clocks_repeat_says_the_zone(
    settings, after, until, words
):
    settings.TIME_ZONE = "Europe/Berlin"

    assert interval_words(at(after), at(until)) == words
    with override("de"):
        assert ("CE" in interval_words(at(after), at(until))) is ("CE" in words)


def test_a_moment_that_clocks_show_twice_says_which_one(settings):
    settings.TIME_ZONE = "Europe/Berlin"

    said = [moment_words(at(f"2020-10-25T{time}")) for time in ("00:10", "01:10", "02:10")]

    assert said == ["25 Oct 2020 02:10 CEST", "25 Oct 2020 02:10 CET", "25 Oct 2020 03:10"]


def test_an_end_across_the_hour_that_clocks_repeat_says_the_zone(settings):
    settings.TIME_ZONE = "Europe/Berlin"

    assert until_words(at("2020-10-25T00:50"), at("2020-10-25T01:10")) == (
        "until some time between 25 Oct 2020 02:50 CEST and 02:10 CET"
    )
    assert until_words(at("2020-10-25T00:50:01"), at("2020-10-25T00:50:59")) == (
        "until 25 Oct 2020 02:50 CEST"
    )


def test_times_are_said_in_the_time_zone_of_the_portal(settings):
    settings.TIME_ZONE = "Asia/Tokyo"

    assert moment_words(at("2020-11-19T20:00")) == "20 Nov 2020 05:00"
    assert (
        interval_words(at("2020-11-19T14:00"), at("2020-11-19T20:00"))
        == "between 19 Nov 2020 23:00 and 20 Nov 2020 05:00"
    )


def test_a_day_in_words():
    assert day_words(date(2026, 10, 31)) == "31 Oct 2026"


def test_the_day_of_a_moment_is_that_of_the_portal(settings):
    settings.TIME_ZONE = "Asia/Tokyo"

    with timezone.override("UTC"):
        assert day_words(at("2026-10-31T20:00")) == "1 Nov 2026"


def test_a_moment_of_this_year_is_said_without_it():
    now = timezone.now().replace(month=3, day=4, hour=5, minute=6)

    assert moment_words(now) == "4 Mar 05:06"
