"""Search for any text among what the user may see."""

import pytest

from customers.models import Customer
from customers.services.search.clues import LONGEST_TICKET, one_line
from customers.services.search.find import find
from customers.services.search.match_reasons import reasons
from customers.services.search.unfound import may_be_org_id
from tests.helpers.rows import make_customer, make_organization, show
from tests.helpers.search.hits import ORG_ID, UNKNOWN, hits

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' OR 1=1 --",
    "\\",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 10_000,
    "4" * 10_000,
    "•" * 10_000,
    "a " * 5_000,
    "%" * 300,
    "_" * 300,
    "🏥",
    "\u202e",
]


@pytest.fixture
def northwind_and_others(ana, anas):
    show(
        ana,
        ORG_ID,
        name="Northwind Health",
        customer_id="cus_Northwind",
        email="billing@northwind.example",
        last4="1881",
    )
    show(ana, "south-1", name="100% Care", email="pay@care.example", last4="0005")
    show(ana, "south-2", name="Under_score Labs", email="pay@labs.example", last4="0005")
    return ana


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_finds_nothing_and_breaks_nothing(northwind_and_others, text):
    assert find(northwind_and_others, text).opens == ""
    assert hits(text) in ([], ["100% Care", "Northwind Health", "Under_score Labs"])


@pytest.mark.parametrize("text", ["<script>", "' OR 1=1 --", "x" * 10_000, "%%", "__", "cus_"])
def test_markup_and_wildcards_are_plain_text(northwind_and_others, text):
    assert hits(text) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cleaned_text_can_be_stored_and_shown(text):
    cleaned = one_line(text)

    assert len(cleaned) <= LONGEST_TICKET
    assert "\x00" not in cleaned
    assert cleaned.encode().decode() == cleaned


def test_spaces_and_line_breaks_around_a_pasted_text_do_not_matter(northwind_and_others):
    assert hits("\n\t Northwind \r\n  Health ") == ["Northwind Health"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_an_empty_text_narrows_nothing(northwind_and_others, text):
    assert len(hits(text)) == 3


@pytest.mark.parametrize(
    "text",
    [
        "northwind",
        "NORTHWIND HEALTH",
        "wind Hea",
        ORG_ID,
        ORG_ID.upper(),
        "cus_Northwind",
        "billing@northwind.example",
        "BILLING@NORTHWIND",
        "1881",
        "•••• 1881",
        "****1881",
        "Visa 1881",
        "Visa •••• 1881",
        "xxxx xxxx xxxx 1881",
    ],
)
def test_anything_found_in_a_ticket_finds_the_organization(northwind_and_others, text):
    assert hits(text) == ["Northwind Health"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("100%", ["100% Care"]),
        ("%", []),
        ("10", ["100% Care"]),
        ("00", []),
        ("under_", ["Under_score Labs"]),
        ("_", []),
        ("0005", ["100% Care", "Under_score Labs"]),
        ("pay@", ["100% Care", "Under_score Labs"]),
        ("cus_northwind", []),
        ("188", []),
        ("11881", []),
        (ORG_ID[:-1], ["Northwind Health"]),
        (ORG_ID[:3], []),
        (ORG_ID[1:], []),
    ],
)
def test_what_a_text_finds(northwind_and_others, text, names):
    assert hits(text) == names


@pytest.mark.parametrize("text", ["Northwind", "cus_Northwind", "1881", "south-1"])
def test_a_single_hit_is_opened(northwind_and_others, text):
    expected = "south-1" if text == "south-1" else ORG_ID

    assert find(northwind_and_others, text).opens == expected


@pytest.mark.parametrize("text", ["0005", "pay@", "nothing like it"])
def test_several_hits_or_none_are_listed(northwind_and_others, text):
    assert find(northwind_and_others, text).opens == ""


def test_an_exact_org_id_is_opened_although_other_names_hold_it(northwind_and_others):
    show(northwind_and_others, "south-3", name="Formerly south-1")

    assert find(northwind_and_others, "south-1").opens == "south-1"


@pytest.mark.parametrize("text", [UNKNOWN, UNKNOWN.upper(), f" {UNKNOWN}\n"])
def test_a_uuid_is_always_opened(ana, text):
    assert find(ana, text).opens == UNKNOWN


def test_a_uuid_is_opened_alike_whether_or_not_the_portal_knows_it(ana, anas):
    make_customer(make_organization(ORG_ID))

    assert find(ana, ORG_ID).opens == ORG_ID
    assert find(ana, UNKNOWN).opens == UNKNOWN


@pytest.mark.parametrize("text", ["hidden-1", "Hidden", "cus_hidden", "boss@hidden.example"])
def test_what_the_user_may_not_see_is_not_found(ana, anas, ben, bens, text):
    show(
        ben,
        "hidden-1",
        name="Hidden Clinic",
        customer_id="cus_hidden",
        email="boss@hidden.example",
    )

    assert find(ben, text).opens == "hidden-1"
    assert find(ana, text).opens == ""


def test_a_hidden_hit_does_not_change_what_is_opened(ana, anas, ben, bens):
    show(ben, "hidden-1", name="Northwind East")
    show(ana, "mine", name="Northwind West")

    assert find(ana, "northwind").opens == "mine"


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("south-1", True),
        (UNKNOWN, True),
        ("two words", False),
        ("a@b.example", False),
        ("a/b", False),
        ("", False),
        ("\x00", False),
    ],
)
def test_asking_catalyze_is_offered_for_what_may_be_an_org_id(text, may_be):
    assert may_be_org_id(text) is may_be


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("NORTHWIND", ["e-mail billing@northwind.example", "name “Northwind Health”"]),
        (ORG_ID, [f"org id {ORG_ID}"]),
        (ORG_ID[:8], [f"org id starts with {ORG_ID[:8]}"]),
        ("cus_Northwind", ["customer cus_Northwind"]),
        ("Visa 1881", ["card ends in 1881"]),
        ("", []),
    ],
)
def test_a_typed_text_says_why_it_fits(northwind_and_others, text, why):
    rows = Customer.objects.filter(organization__org_id=ORG_ID).select_related("organization")

    (found,) = reasons(northwind_and_others, list(rows), text)

    assert (list(found.fits), list(found.against)) == (why, [])
