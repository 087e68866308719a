"""Durations as people write them in settings and on command lines."""

from datetime import timedelta

import pytest

from customers.services.wording.durations import duration_words, parse_duration


@pytest.mark.parametrize(
    "text",
    ["", " ", "15", "m", "1.5h", "-1h", "+1h", "1h30m", "1 h", "1H", "1w", "1min", "soon"]
    + ["\uff11h", "²h", "1h\n1h", "0x1h", "1_0h", "9999999999s"],
)
def test_what_is_no_duration_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="is not a duration; write for example 0s, 15m, 1h or 7d"):
        parse_duration(text)


@pytest.mark.parametrize("text", ["36501d", "999999999d", "876001h"])
def test_what_no_calendar_holds_is_refused(text):
    with pytest.raises(ValueError, match="longer than 36500d"):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("0s", timedelta(0)),
        ("90s", timedelta(seconds=90)),
        ("15m", timedelta(minutes=15)),
        ("1h", timedelta(hours=1)),
        ("7d", timedelta(days=7)),
        ("007d", timedelta(days=7)),
        (" 1h\n", timedelta(hours=1)),
        ("36500d", timedelta(days=36500)),
    ],
)
def test_each_unit(text, duration):
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("0s", "0 days"),
        ("61s", "61 seconds"),
        ("60s", "1 minute"),
        ("90m", "90 minutes"),
        ("120m", "2 hours"),
        ("36h", "36 hours"),
        ("48h", "2 days"),
    ],
)
def test_a_duration_is_said_in_the_largest_unit_that_leaves_nothing_over(text, words):
    assert duration_words(parse_duration(text)) == words
