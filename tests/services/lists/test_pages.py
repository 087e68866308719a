"""Pages of a list, there and back: each row once, and the number of each row right."""

from dataclasses import replace

import pytest

from customers.services.lists.keyset_paging import Order, cursor
from customers.services.lists.listing import Listed, page
from tests.helpers.rows import show


@pytest.fixture
def seven(ana, anas):
    """Seven customers, two of which have no balance."""
    for number, balance in enumerate([5, None, 5, 1, None, 3, 9]):
        show(ana, f"org-{number}", name=f"Clinic {number}", balance=balance)
    return ana


def forwards(user, asked_for, size):
    shown = page(user, asked_for, size)
    yield shown
    while shown.next:
        asked_for = replace(asked_for, after=shown.next, before="", start=shown.next_start)
        shown = page(user, asked_for, size)
        yield shown


@pytest.mark.parametrize("sort", ["name", "-name", "balance", "-balance", "renewal", "changed"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_going_back_shows_the_pages_that_one_came_by(seven, sort, size):
    asked_for = Listed(sort=sort)
    there = list(forwards(seven, asked_for, size))

    shown, back = there[-1], []
    while shown.previous:
        link = replace(asked_for, before=shown.previous, start=shown.previous_start)
        shown = page(seven, link, size)
        back.append(shown)

    assert [it.rows for it in back] == [it.rows for it in there[-2::-1]]
    assert [it.start for it in there] == list(range(1, 8, size))
    assert [it.start for it in back] == list(range(1, 8, size))[-2::-1]
    assert there[-1].end == 7


def test_a_first_page_is_whole_however_one_comes_back_to_it(seven):
    second = page(seven, Listed(after=page(seven, Listed(), 2).next, start=3), 2)

    shown = page(seven, Listed(before=second.previous, start=1), 5)

    assert (shown.start, shown.end, shown.previous) == (1, 5, "")


@pytest.mark.parametrize("start", [0, 7, 99, 10**9])
def test_a_number_that_cannot_be_is_not_shown(seven, start):
    first = page(seven, Listed(), 2)

    assert page(seven, Listed(after=first.next, start=start), 2).start == 0


def test_the_last_page_knows_its_number_by_itself(seven):
    pages = list(forwards(seven, Listed(), 3))

    last = page(seven, Listed(after=pages[-2].next), 3)

    assert (last.start, last.end, last.count) == (7, 7, 7)


def test_a_place_behind_the_last_row_leads_to_the_first_page(seven):
    (*_, last) = page(seven, Listed(), 7).rows
    order = Order("folded_name", is_descending=False)

    shown = page(seven, Listed(after=cursor(last, order), start=8), 3)

    assert (shown.start, len(shown.rows)) == (1, 3)
