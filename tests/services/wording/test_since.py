"""Since which days something has been so: short, with the year where it is another one."""

from datetime import datetime

import pytest
from django.utils import timezone
from django.utils.translation import override

from customers.services.wording.since import clock_interval, since_days


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("after", "until", "in_english", "in_german"),
    [
        ("2020-11-22T14:42", "2020-11-24T14:42", "22–24 Nov 2020", "22.–24. Nov. 2020"),
        ("2020-11-22T14:42", "2020-11-22T20:02", "22 Nov 2020", "22. Nov. 2020"),
        (
            "2020-10-30T14:42",
            "2020-11-02T14:42",
            "30 Oct 2020 – 2 Nov 2020",
            "30. Okt. 2020 – 2. Nov. 2020",
        ),
    ],
)
def test_the_days_in_which_something_began(after, until, in_english, in_german):
    assert since_days(at(after), at(until)) == in_english
    with override("de"):
        assert since_days(at(after), at(until)) == in_german


def test_days_of_this_year_are_told_without_it():
    year = timezone.localdate().year

    assert since_days(at(f"{year}-01-02T14:42"), at(f"{year}-01-04T09:00")) == "2–4 Jan"
    assert since_days(at(f"{year - 1}-12-30T14:42"), at(f"{year}-01-02T14:42")) == (
        f"30 Dec {year - 1} – 2 Jan"
    )


@pytest.mark.parametrize(
    ("after", "until", "words"),
    [
        ("2020-11-24T01:59", "2020-11-24T14:00", "01:59–14:00"),
        ("2020-11-24T14:00:05", "2020-11-24T14:00:50", "14:00"),
        ("2020-11-22T14:42", "2020-11-24T12:00", "22 Nov 2020–12:00"),
        ("2020-11-23T23:59", "2020-11-24T00:00", "23 Nov 2020–00:00"),
    ],
)
def test_the_times_of_a_day_between_which_something_happened(after, until, words):
    assert clock_interval(at(after), at(until)) == words
