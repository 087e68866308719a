"""Lists: narrowed, filtered, sorted and paged by key, each row once whatever the order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from customers.services.access.sight import sight_of
from customers.services.lists import listing
from customers.services.lists.filter_choices import choices
from customers.services.lists.listing import FILTERS, SORTS, Listed, list_customers, page
from tests.helpers.rows import make_customer, make_organization, show

SORTS_BOTH_WAYS = [direction + name for name in SORTS for direction in ("", "-")]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ties_and_nulls(ana, anas):
    """Eleven customers, of which some share a value and some have none."""
    for number in range(11):
        half = number // 2
        is_known = number % 4 != 3
        show(
            ana,
            f"org-{number:02}",
            name=f"Clinic {half}" if is_known else "",
            checked_at=FIRST + timedelta(days=half),
            changed_at=FIRST + timedelta(days=half, microseconds=half) if is_known else None,
            expires_on=date(2027, 1 + half, 28) if is_known else None,
            balance=half - 2 if is_known else None,
        )
    return ana


def keys(customers):
    return [customer.pk for customer in customers]


def test_an_unknown_sort_is_an_error(ana):
    with pytest.raises(KeyError):
        list_customers(ana, Listed(sort="password"))


def test_an_unknown_worklist_is_an_error(ana):
    with pytest.raises(KeyError):
        list_customers(ana, Listed(worklist="unheard-of"))


def test_only_what_the_user_may_see_is_listed_and_counted(ana, anas, ben, bens):
    mine = show(ana, "mine")
    show(ben, "theirs")
    make_customer(make_organization("nobodys"))

    shown = page(ana, Listed())

    assert shown.rows == [mine]
    assert shown.count == 1


def test_an_empty_list_is_an_empty_page(ana, anas):
    shown = page(ana, Listed())

    assert (shown.rows, shown.next, shown.count, shown.is_capped) == ([], "", 0, False)


@pytest.mark.parametrize("sort", SORTS_BOTH_WAYS)
@pytest.mark.parametrize("size", [1, 2, 3, 10, 11])
def test_paging_visits_each_row_once_and_in_order(ties_and_nulls, monkeypatch, sort, size):
    monkeypatch.setattr(listing, "PAGE_SIZE", size)
    visited, after = [], ""

    for _ in range(11):
        shown = page(ties_and_nulls, Listed(sort=sort, after=after))
        visited += keys(shown.rows)
        after = shown.next
        if not after:
            break

    assert visited == keys(list_customers(ties_and_nulls, Listed(sort=sort)))
    assert len(set(visited)) == 11


def test_a_row_that_is_removed_between_two_pages_hides_no_other(ties_and_nulls, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 4)
    everything = keys(list_customers(ties_and_nulls, Listed()))
    first = page(ties_and_nulls, Listed())
    first.rows[-1].organization.delete()

    second = page(ties_and_nulls, Listed(after=first.next))

    assert keys(second.rows) == everything[4:8]


@pytest.mark.parametrize("sort", ["changed", "expiry", "balance"])
def test_what_has_no_value_comes_last_both_ways(ties_and_nulls, sort):
    for direction in ("", "-"):
        rows = list_customers(ties_and_nulls, Listed(sort=direction + sort))
        told = [sight_of(row) if sort == "changed" else row for row in rows]
        values = [getattr(each, SORTS[sort]) for each in told]

        assert values[-2:] == [None, None]
        assert None not in values[:-2]
        assert values[:-2] == sorted(values[:-2], reverse=direction == "-")


def test_a_page_knows_whether_there_is_another(ties_and_nulls, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 11)
    assert page(ties_and_nulls, Listed()).next == ""

    monkeypatch.setattr(listing, "PAGE_SIZE", 10)
    assert page(ties_and_nulls, Listed()).next != ""


@pytest.mark.parametrize(("cap", "count", "is_capped"), [(10, 10, True), (11, 11, False)])
@pytest.mark.parametrize(
    ("name", "asked_for"),
    [
        ("COUNT_CAP", Listed()),
        ("NARROWED_COUNT_CAP", Listed(mode="live")),
        ("SEARCH_COUNT_CAP", Listed(text="org-")),
    ],
)
def test_counts_are_capped(ties_and_nulls, monkeypatch, name, asked_for, cap, count, is_capped):
    monkeypatch.setattr(listing, "PAGE_SIZE", 5)
    monkeypatch.setattr(listing, name, cap)

    shown = page(ties_and_nulls, asked_for)

    assert (shown.count, shown.is_capped) == (count, is_capped)


def test_the_count_is_of_the_whole_list_on_every_page(ties_and_nulls, monkeypatch):
    monkeypatch.setattr(listing, "PAGE_SIZE", 4)
    first = page(ties_and_nulls, Listed())

    assert page(ties_and_nulls, Listed(after=first.next)).count == 11


@pytest.mark.parametrize(
    ("listed", "facts"),
    [
        (Listed(filters={"brand": "Amex"}), {"brand": "Amex"}),
        (Listed(filters={"funding": "prepaid"}), {"funding": "prepaid"}),
        (Listed(filters={"currency": "jpy"}), {"currency": "jpy"}),
        (Listed(filters={"country": "JP"}), {"country": "JP"}),
        (Listed(mode="test"), {"livemode": False}),
        (Listed(expires=date(2027, 1, 31)), {"expires_on": date(2027, 1, 31)}),
        (Listed(worklist="delinquent"), {"delinquent": True}),
        (Listed(text="jane@clinic.example"), {"email": "jane@clinic.example"}),
    ],
)
def test_a_list_is_narrowed(ana, anas, listed, facts):
    show(ana, "other")
    wanted = show(ana, "wanted", **facts)

    assert list(list_customers(ana, listed)) == [wanted]
    assert page(ana, listed).rows == [wanted]
    assert page(ana, listed).count == 1


def test_live_mode_leaves_out_what_is_unknown(ana, anas):
    show(ana, "unknown", livemode=None)
    live = show(ana, "live")

    assert list(list_customers(ana, Listed(mode="live"))) == [live]
    assert page(ana, Listed(mode="live")).rows == [live]


def test_filters_are_combined(ana, anas):
    show(ana, "one", brand="Amex")
    show(ana, "two", currency="jpy")
    both = show(ana, "both", brand="Amex", currency="jpy")

    listed = Listed(filters={"brand": "Amex", "currency": "jpy"})

    assert list(list_customers(ana, listed)) == [both]
    assert page(ana, listed).rows == [both]


def test_lists_of_one_form_hold_what_each_asks_for(ana, anas, ben, bens):
    visa, amex = show(ana, "one", brand="Visa"), show(ana, "two", brand="Amex")
    bens_own = show(ben, "three", brand="Visa")

    for user, brand, rows in [
        (ana, "Visa", [visa]),
        (ana, "Amex", [amex]),
        (ben, "Visa", [bens_own]),
        (ben, "Amex", []),
    ]:
        shown = page(user, Listed(filters={"brand": brand}))
        assert (shown.rows, shown.count) == (rows, len(rows))


@pytest.mark.parametrize("sort", SORTS_BOTH_WAYS)
def test_a_narrowed_list_is_paged(ana, anas, monkeypatch, sort):
    monkeypatch.setattr(listing, "PAGE_SIZE", 1)
    for number, balance in enumerate([1, None, 1, None, 2]):
        show(ana, f"amex-{number}", brand="Amex", balance=balance)
        show(ana, f"visa-{number}", balance=balance)
    asked_for = Listed(filters={"brand": "Amex"}, sort=sort)
    visited, after = [], ""

    for _ in range(5):
        shown = page(ana, replace(asked_for, after=after))
        visited += keys(shown.rows)
        after = shown.next

    assert after == ""
    assert visited == keys(list_customers(ana, asked_for))


def test_choices_are_what_occurs_in_what_the_user_may_see(ana, anas, ben, bens):
    for number, brand in enumerate(["Visa", "Amex", "Visa", ""]):
        show(ana, f"org-{number}", brand=brand)
    show(ben, "theirs", brand="JCB")

    assert choices(ana)["brand"] == ["Amex", "Visa"]
    assert choices(ana).keys() == set(FILTERS)


def test_a_page_takes_the_same_queries_however_many_rows_it_has(
    ties_and_nulls, django_assert_num_queries
):
    with django_assert_num_queries(2):
        shown = page(ties_and_nulls, Listed())
        assert [str(row.organization) for row in shown.rows]
