"""Slips of the keyboard in names: found only when nothing else is, never opened by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Access
from customers.services.lists.listing import Listed, page
from customers.services.search.find import Found, find
from customers.services.search.match_reasons import reasons
from customers.services.search.slips import MOST_SLIPS, slips
from customers.services.search.unfound import unfound_beside
from tests.helpers.rows import grant, make_customer, make_organization, show

LETTERS = st.text("abcdé", min_size=0, max_size=12)


def names(user, text, **listed):
    return [row.organization.name for row in page(user, Listed(text=text, **listed)).rows]


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("northwind", "northwind", 0),
        ("nortwind", "northwind", 1),
        ("northwinds", "northwind", 1),
        ("nurthwind", "northwind", 1),
        ("nortwhind", "northwind", 1),
        ("notrhwidn", "northwind", 2),
        ("ortwind", "northwind", 2),
        ("abc", "", 3),
        ("wind", "northwind", 3),
        ("wxyz", "abcd", 3),
    ],
)
def test_slips_are_counted_up_to_two(one, other, number):
    assert slips(one, other) == slips(other, one) == number


@given(LETTERS, st.data())
def test_each_slip_counts_once(word, data):
    typed, made = word, data.draw(st.integers(0, MOST_SLIPS))
    for _ in range(made):
        at = data.draw(st.integers(0, len(typed)))
        # Neighbours are swapped once: a second slip at the same place may count twice.
        kinds = ["insert", "delete", "replace", *(["swap"] if made == 1 else [])]
        kind = data.draw(st.sampled_from(kinds))
        if kind == "insert":
            typed = f"{typed[:at]}x{typed[at:]}"
        elif kind == "delete":
            typed = typed[:at] + typed[at + 1 :]
        elif kind == "replace":
            typed = f"{typed[:at]}x{typed[at + 1 :]}"
        else:
            typed = typed[:at] + typed[at : at + 2][::-1] + typed[at + 2 :]

    assert slips(typed, word) <= made


@pytest.mark.parametrize(
    "text",
    [
        *("Nortwind", "Norhtwind", "Northhwind", "Nordhwind", "Mortwind", "NÓRTWIND", "nrthwnd"),
        *("Nortwind Clinics", "the Nortwind card", "North wind", "clincs", "northwind clinisc"),
    ],
)
def test_a_name_is_found_with_a_slip_or_two_and_not_opened(ana, anas, text):
    show(ana, "north", name="Northwind Clinics")
    show(ana, "other", name="Harbour Dental")

    found = find(ana, text)

    assert found.opens == ""
    assert names(ana, found.query) == ["Northwind Clinics"]


@pytest.mark.parametrize("text", ["Elk", "elmm", "Nxxxwind", "nortwind 24", "zzz", "a", "%_*("])
def test_short_names_and_more_slips_find_nothing(ana, anas, text):
    show(ana, "north", name="Northwind Clinics")
    show(ana, "elm", name="Elm")

    assert names(ana, text) == []


def test_slips_are_forgiven_only_when_nothing_else_is_found(ana, anas):
    show(ana, "north", name="Northwind")
    show(ana, "nort", name="Nortwind")
    show(ana, "mail", name="Harbour", email="elmpork@mail.example")
    show(ana, "elm", name="Elmpark")

    assert names(ana, "nortwind") == ["Nortwind"]
    assert names(ana, "elmpork") == ["Harbour"]


def test_the_nearest_are_listed_the_delinquent_ones_first(ana, anas):
    show(ana, "1", name="Maplewood A")
    show(ana, "2", name="Maplewood B", delinquent=True)
    show(ana, "3", name="Maplewood C", delinquent=None)
    show(ana, "4", name="Mapleward", delinquent=True)  # two slips away

    assert names(ana, "maplewod", sort="best") == ["Maplewood B", "Maplewood A", "Maplewood C"]


def test_what_is_listed_says_that_it_is_only_similar(ana, anas):
    show(ana, "north", name="Northwind Clinics")
    rows = page(ana, Listed(text="nortwind")).rows

    (reason,) = reasons(ana, rows, "nortwind")
    missing = unfound_beside(ana, "nortwind", rows)

    assert (reason.fits, reason.against) == (["name is similar to “nortwind”"], [])
    assert missing.is_guess
    assert missing.org_ids == ["nortwind"]  # Catalyze can still be asked
    assert not unfound_beside(ana, "northwind", page(ana, Listed(text="northwind")).rows).is_guess


def test_only_names_that_the_user_may_see_are_similar(ana, anas, ben, bens):
    show(ben, "bens", name="Northwind Clinics")
    denied = make_organization("denied", "Northwind Dental")
    make_customer(denied)
    grant(ana, denied, state=Access.State.DENIED, customer_sent_at=None)

    assert names(ana, "nortwind") == []
    assert (
        find(ana, "nortwind")
        == find(ana, "sortkind").__class__(query="nortwind")
        == Found(query="nortwind")
    )


def test_delinquent_matches_come_first_on_every_page(ana, anas):
    for number in range(60):
        late = number % 3 == 0
        show(ana, f"org-{number}", name=f"Clinic {number:02}", delinquent=late)
    listed, seen = Listed(text="clinic", sort="best"), []
    while True:
        found = page(ana, listed)
        seen += [(not row.delinquent, row.organization.name) for row in found.rows]
        if not found.next:
            break
        listed = Listed(text="clinic", sort="best", after=found.next)

    assert seen == sorted(seen)
    assert len(seen) == 60
