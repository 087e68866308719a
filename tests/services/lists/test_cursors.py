"""Cursors that say nothing of use break no page."""

import base64
import json
from datetime import date

import pytest

from customers.services.lists.listing import SORTS, Listed, page
from tests.helpers.rows import ago, show

SORTS_BOTH_WAYS = [direction + name for name in SORTS for direction in ("", "-")]


def cursor(value, key):
    return base64.urlsafe_b64encode(json.dumps([value, key]).encode()).decode()


GARBAGE = [
    "garbage",
    "",
    "%%%",
    "é",
    "bnVsbA==",
    base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    base64.urlsafe_b64encode(b"[" * 5000).decode(),
    cursor("x", "not a key"),
    cursor("x", None),
    cursor("x", 10**30),
    cursor("x", 1e400),
    cursor("nul\x00", 0),
    cursor("\ud800", 0),
    cursor(10**30, 0),
    cursor(1e400, 0),
    cursor({}, 0),
    cursor([1], 0),
    cursor(True, 0),
    cursor("2026-13-45", 0),
    cursor("0001-01-01T00:00:00+23:59", 0),
    cursor("9999-12-31T23:59:59-23:59", 0),
    cursor("2026-01-01T00:00:00", 0),
]


@pytest.mark.parametrize("sort", SORTS_BOTH_WAYS)
@pytest.mark.parametrize("after", GARBAGE)
def test_a_garbage_cursor_breaks_no_page(ana, anas, sort, after):
    show(ana, "northwind", changed_at=ago(5), expires_on=date(2027, 1, 31))

    shown = page(ana, Listed(sort=sort, after=after))

    assert shown.count == 1
    assert shown.next == ""


@pytest.mark.parametrize("after", GARBAGE[:9])
def test_a_cursor_that_says_nothing_is_the_first_page(ana, anas, after):
    customer = show(ana, "northwind")

    assert page(ana, Listed(after=after)).rows == [customer]
