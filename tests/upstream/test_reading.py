"""Any JSON value is read as the expected type, or as absent."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from customers.upstream import reading

NOT_TEXT = [None, True, 5, 5.5, float("nan"), [], ["x"], {}, {"x": "y"}]
NOT_NUMBERS = [None, True, False, "", "x", "5", [], [5], {}, float("nan"), float("inf"), 5.5]


@pytest.mark.parametrize("value", NOT_TEXT)
def test_what_is_no_text_is_empty(value):
    assert reading.text(value) == ""
    assert reading.word(value) == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Ada", "Ada"),
        ("a\x00b\x07c\x1fd\x7fe\x9ff", "abcdef"),
        ("a\tb\r\nc", "a b c"),
        (" \u202e4321 ••••\u202c\n", "4321 ••••"),
        ("a\ud800b\udfff", "a\ufffdb\ufffd"),
        (json.loads(r'"\ud83d\ude00"'), "\U0001f600"),
        ("x" * 300, "x" * 255),
        ("\x00" * 300 + "x" * 300, "x" * 255),
        ("x" * 254 + " y", "x" * 254),
    ],
)
def test_text_fits_any_database(value, expected):
    assert reading.text(value) == expected


def test_long_text_is_cut_at_its_own_limit():
    assert reading.text("x" * 1001, reading.LONG_TEXT_LIMIT) == "x" * 1000


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("USD", "usd"),
        ("Credit", "credit"),
        ("unknown", "unknown"),
        ("\u0130" * 255, "i\u0307" * 20),
    ],
)
def test_words_are_lower_case_and_still_within_the_limit(value, expected):
    assert reading.word(value) == expected


@pytest.mark.parametrize("value", [*NOT_NUMBERS, 5.0, 2**63, -(2**63) - 1, 10**4000])
def test_what_is_no_64_bit_integer_is_absent(value):
    assert reading.integer(value) is None


@pytest.mark.parametrize("value", [0, -2500, 2**63 - 1, -(2**63)])
def test_64_bit_integers_stay(value):
    assert reading.integer(value) == value


@pytest.mark.parametrize(
    "value", [*NOT_NUMBERS[:4], 0, 13, -1, "13", "5.0", "-5", "\u0665", "\u00b2", "9" * 5000, 1e308]
)
def test_a_number_out_of_its_range_is_absent(value):
    assert reading.number_in(range(1, 13), value) is None


@pytest.mark.parametrize("value", [5, 5.0, "5", "05", "005"])
def test_a_number_counts_however_it_is_written(value):
    assert reading.number_in(range(1, 13), value) == int("5")


@pytest.mark.parametrize("value", [None, 0, 1, "true", "false", "", [], {}])
def test_only_true_and_false_are_answers(value):
    assert reading.boolean(value) is None


@pytest.mark.parametrize("value", [True, False])
def test_true_and_false_stay(value):
    assert reading.boolean(value) is value


@pytest.mark.parametrize(
    "value", [None, True, "10", [], {}, -1, 100.5, 10**4000, float("nan"), float("inf")]
)
def test_what_is_no_percentage_is_absent(value):
    assert reading.percent(value) is None


@pytest.mark.parametrize(
    ("value", "expected"), [(10, Decimal(10)), (33.3, Decimal("33.3")), (0, Decimal(0))]
)
def test_percentages_are_exact(value, expected):
    assert reading.percent(value) == expected


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1403096315.5,
        -1,
        253402214400,  # the last day of the year 9999
        253402300800,
        2**70,
        "",
        "soon",
        "1403096315",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "\ud800",
        [],
        {},
    ],
)
def test_what_is_no_time_since_1970_is_absent(value):
    assert reading.unix_time(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        (1403096315, datetime(2014, 6, 18, 12, 58, 35, tzinfo=UTC)),
        ("2014-06-18T12:58:35Z", datetime(2014, 6, 18, 12, 58, 35, tzinfo=UTC)),
        ("2014-06-18T14:58:35+02:00", datetime(2014, 6, 18, 12, 58, 35, tzinfo=UTC)),
        ("2014-06-18", datetime(2014, 6, 18, tzinfo=UTC)),
    ],
)
def test_times_are_utc(value, expected):
    assert reading.unix_time(value) == expected
    assert reading.unix_time(value).tzinfo is UTC


@pytest.mark.parametrize(
    "value", [None, {}, {"object": "list", "total_count": 1}, {"data": None}, {"data": {}}, "x", 5]
)
def test_what_holds_no_list_says_nothing(value):
    assert reading.items(value) is None
    assert reading.objects(value) == []


@pytest.mark.parametrize("value", [[], {"data": []}, [None], {"data": [None, 5, "x", [], {}]}])
def test_a_list_may_hold_nothing_to_read(value):
    assert reading.items(value) is not None
    assert reading.objects(value) == []


@pytest.mark.parametrize("wrap", [list, lambda data: {"object": "list", "data": data}])
def test_a_list_is_read_to_its_limit(wrap):
    read = reading.objects(wrap([{"id": str(number)} for number in range(1001)]))

    assert len(read) == reading.LIST_LIMIT
    assert read[-1] == {"id": "999"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ([], None),
        ({"total_count": "3"}, None),
        ({"total_count": True}, None),
        ({"total_count": -1}, None),
        ({"total_count": 2**31}, None),
        ({"total_count": 0, "count": 1}, 0),
        ({"count": 1}, 1),
    ],
)
def test_the_total_is_what_stripe_says_in_either_era(value, expected):
    assert reading.total_count(value) == expected
