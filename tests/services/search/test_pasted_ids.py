"""Ids as mails and documents spell them, and lists of ids; none is lost silently."""

import pytest

from customers.services.lists.listing import Listed, list_customers, page
from customers.services.search.clues import MOST, read_clues
from customers.services.search.find import LONGEST_QUERY_STRING, Found, find
from customers.services.search.unfound import unfound_beside
from tests.helpers.rows import make_customer, make_organization, show

ORG_ID = "5e9ba0d3-5a3c-4512-9d2e-0123456789ab"
DIGITS_GROUP = "4512"
HYPHENS = [
    *"\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad",
    *(
        "-\u200b",
        "\u200d-",
        "-\u00ad",
        "\u00ad-",
        "\u00a0-\u00a0",
        " \u2013 ",
        "-\n",
        "-\r\n  ",
        " ",
    ),
]
WRITTEN = [
    *(ORG_ID.replace("-", hyphen) for hyphen in HYPHENS),
    "\u200b".join(ORG_ID),
    "\u2060\ufeff" + ORG_ID + "\u200e",
    f"\u00a0{ORG_ID}\u202f",
    "".join(chr(ord(sign) + 0xFEE0) for sign in ORG_ID),
    ORG_ID.translate({ord(str(digit)): chr(0x660 + digit) for digit in range(10)}),
    ORG_ID.upper(),
    f"<{ORG_ID}>",
    f"“{ORG_ID}”.",
    f"https://portal.example/orgs/{ORG_ID}/?a=b",
]


@pytest.fixture
def two(ana, anas):
    show(ana, ORG_ID, name="Wanted", last4="2877")
    show(ana, "other", name="Other", last4=DIGITS_GROUP)
    return ana


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("text", ["{}", "Please look at {} soon", "See {}" + " and so on" * 20])
def test_an_org_id_is_read_however_its_hyphens_are_written(two, written, text):
    clues = read_clues(text.format(written))

    assert [org_id.lower() for org_id in clues.org_ids] == [ORG_ID]
    assert (clues.last4s, clues.expiries) == ((), ())
    assert find(two, text.format(written)).opens.lower() == ORG_ID


@pytest.mark.parametrize("written", WRITTEN)
def test_an_org_id_of_others_opens_nothing_else_however_it_is_written(ana, anas, written):
    show(ana, "other", name="Other", last4=DIGITS_GROUP)

    assert find(ana, written).opens.lower() == ORG_ID


@pytest.mark.parametrize("hyphen", HYPHENS[:12])
def test_an_org_id_that_is_no_uuid_is_read_as_well(ana, anas, hyphen):
    show(ana, "south-4512", last4="2877")
    show(ana, "other", last4="4512")

    assert find(ana, f"south{hyphen}4512").opens == "south-4512"
    assert unfound_beside(ana, f"north{hyphen}4512", []).org_ids == ["north-4512"]


@pytest.mark.parametrize(
    "text", [ORG_ID[:-1], ORG_ID[1:], f"{ORG_ID}0", f"x{ORG_ID}", ORG_ID.replace("-", "_")]
)
def test_a_spoilt_org_id_gives_no_digits(text):
    clues = read_clues(f"see {text} please")

    assert (clues.org_ids, clues.last4s) == ((), ())


def uuids(count, first=0):
    return [f"00000000-4512-4000-8000-{number:012}" for number in range(first, first + count)]


@pytest.mark.parametrize("count", [30, MOST])
@pytest.mark.parametrize("between", ["\n", ", ", " ", "\r\n\r\n> "])
def test_all_pasted_ids_are_shown_at_once(ana, anas, count, between):
    for org_id in uuids(count):
        show(ana, org_id)

    found = find(ana, between.join(uuids(count)))
    shown = page(ana, Listed(text=found.query))

    assert (found.opens, found.left_out) == ("", 0)
    assert {row.organization.org_id for row in shown.rows} == set(uuids(count))
    assert (shown.count, shown.is_capped, shown.next) == (count, False, "")
    assert list_customers(ana, Listed(text=found.query)).count() == count


def test_what_is_over_the_bound_is_counted(ana, anas):
    for org_id in uuids(MOST + 30):
        show(ana, org_id)

    found = find(ana, "\n".join(uuids(MOST + 30)))

    assert found.left_out == 30
    assert page(ana, Listed(text=found.query)).count == MOST


def test_what_does_not_fit_into_an_address_is_counted(ana, anas):
    emails = [f"{'ü' * 60}{number}@north.example" for number in range(MOST)]

    found = find(ana, "\n".join(emails))

    assert len(found.query.split()) + found.left_out == MOST
    assert 0 < len(found.query.encode()) < LONGEST_QUERY_STRING
    assert found.left_out > 0


KINDS = [
    ("org_id", [f"south-{number}" for number in range(40)]),
    ("customer_id", [f"cus_Paste{number}" for number in range(40)]),
    ("email", [f"billing{number}@north.example" for number in range(40)]),
    ("last4", [f"{number:04}" for number in range(3000, 3040)]),
    ("name", [f"Clinic {'ABCDEFGHIJ'[number % 10]}{number}" for number in range(40)]),
]


@pytest.mark.parametrize(("kind", "values"), KINDS)
def test_a_column_of_anything_is_listed_whole(ana, anas, kind, values):
    for number, value in enumerate(values):
        facts = {"name": f"Nameless {number}"} | {kind: value}
        show(ana, facts.pop("org_id", f"org-{number}"), **facts)

    found = find(ana, "\n".join(values))
    rows = list_customers(ana, Listed(text=found.query))

    assert (found.opens, found.left_out) == ("", 0)
    assert rows.count() == len(values)


def test_a_short_list_of_ids_is_listed_with_those_that_are_not_found(ana, anas):
    show(ana, "south-1")

    found = find(ana, "south-1\nsouth-2")

    assert found == Found(query="south-1 south-2")
    assert unfound(ana, found.query).org_ids == ["south-2"]


def test_a_name_within_another_is_listed_where_it_stands_by_itself(ana, anas):
    show(ana, "elm-1", name="Elm Park")
    show(ana, "elm-2", name="Elm Park Therapy")
    text = "Elm Park\nElm Park Therapy\n" + "and others that I can not think of now. " * 4

    assert list_customers(ana, Listed(text=find(ana, text).query)).count() == 2


def test_what_is_not_found_is_named_the_same_whether_or_not_the_portal_knows_it(
    ana, anas, ben, bens
):
    show(ana, "mine-1", last4="2877", customer_id="cus_Mine", email="a@mine.example")
    show(ben, "bens-1", last4="1142", customer_id="cus_Bens", email="a@bens.example")
    make_customer(make_organization(uuids(1)[0]))
    mine = "mine-1 *2877 cus_Mine a@mine.example"

    known = unfound(ana, f"{mine} {uuids(1)[0]} *1142 cus_Bens a@bens.example")
    unknown = unfound(ana, f"{mine} {uuids(1, 5)[0]} *1143 cus_Nope a@nope.example")

    assert known.org_ids == uuids(1)
    assert known.others == ["cus_Bens", "a@bens.example", "•••• 1142"]
    assert unknown.org_ids == uuids(1, 5)
    assert unknown.others == ["cus_Nope", "a@nope.example", "•••• 1143"]


def test_a_single_clue_that_is_not_found_is_not_named_twice(ana, anas):
    assert unfound(ana, "cus_Nope").others == []
    assert unfound(ana, "cus_Nope *9999").others == ["cus_Nope", "•••• 9999"]
    assert unfound(ana, "").others == unfound(ana, " ").others == ()


def unfound(user, text):
    return unfound_beside(user, text, list(list_customers(user, Listed(text=text))))
