"""Names are searched and sorted in one form, however they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customers.models import Customer, Organization
from customers.models.folding import LONGEST_FOLDED, fold, fold_to_store, plain_line
from customers.services.checking.store import store
from customers.services.lists.listing import Listed, list_customers, page
from customers.services.organizations.csv_import import import_organizations
from customers.services.search.find import find, search
from customers.upstream.client import OrganizationDetails
from tests.helpers.rows import ago, answered, make_organization, show, stripe_customer

PARTS = ["xn--", "-kva", "mller", "ü", "\u0308", "İ", "ß", "\u0345", "ΐ", " ", "-", "ﷺ", "ガ"]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Müller", "muller"),
        ("Mu\u0308ller", "muller"),
        ("MÜLLER", "muller"),
        ("Straße STRASSE ẞ", "strasse strasse ss"),
        ("İstanbul ISTANBUL ıstanbul", "istanbul istanbul istanbul"),
        ("ΟΔΟΣ οδος", "οδοσ οδοσ"),
        ("Ærø Łódź Đà Nẵng", "aero lodz da nang"),
        ("Ａｃｍｅ １２", "acme 12"),
        ("ﬁne ™", "fine tm"),
        ("O’Neill ‑ “Sons”", 'o\'neill - "sons"'),
        ("co\u00adop\u200b\u202e", "coop"),
        ("a\u00a0b\u2028c\td", "a b c d"),
        ("info@xn--mller-kva.example", "info@muller.example"),
        ("XN--MLLER-KVA.example", "muller.example"),
        ("xn--99999999", "xn--99999999"),
        ("axn--mller-kva", "axn--mller-kva"),
        ("قَلَم שָׁלוֹם", "قلم שלום"),
        ("ﾊﾞﾘ バリ", "バリ バリ"),
        ("한글", "한글"),
        ("किताब", "किताब"),
    ],
)
def test_all_ways_of_writing_a_name_have_one_form(written, folded):
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(("one", "other"), [("バリ", "パリ"), ("कला", "काला")])
def test_what_makes_another_letter_is_no_accent(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=40) | st.lists(st.sampled_from(PARTS), max_size=8).map("".join))
def test_a_folded_text_stays_as_it_is_and_can_be_stored(text):
    folded = fold_to_store(text)

    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    assert folded.encode().decode() == folded
    assert len(folded) <= LONGEST_FOLDED


def test_a_plain_text_keeps_its_letters_and_accents():
    assert plain_line("Ärzte\u2011Haus\u00a0“Süd”  ４２") == 'Ärzte-Haus "Süd" 42'


@pytest.fixture
def umlauts(ana, anas):
    show(ana, "mueller", name="Zahnärzte Mu\u0308ller", email="Büro@xn--mller-kva.example")
    show(ana, "other", name="Zebra", email="buero@other.example")
    return ana


@pytest.mark.parametrize(
    "text",
    [
        "Zahnärzte Müller",
        "ZAHNA\u0308RZTE",
        "zahnarzte muller",
        "büro@müller.example",
        "BÜRO@MÜLLER.EXAMPLE",
        "buro@xn--mller-kva.example",
        "Bu\u0308ro@XN--MLLER-KVA.EXAMPLE",
        "müller.ex",
        f"Guten Tag, es schreibt Büro@Müller.example{' wegen der Karte' * 10}",
        f"Guten Tag, hier ist Zahnarzte Müller{' wegen der Karte' * 10}",
    ],
)
def test_a_customer_is_found_however_its_name_and_address_are_written(umlauts, text):
    found = search(Customer.objects.all(), text)

    assert [row.organization.org_id for row in found] == ["mueller"]
    assert find(umlauts, text).opens == "mueller"


NAMES = ["Zebra", "apple", "Äpfel", "äpfel 2", "Ölmühle", "Oz", "ødegaard", "100% Care", "éclair"]
IN_ORDER = [
    *("100% Care", "Äpfel", "äpfel 2", "apple", "éclair", "ødegaard", "Ölmühle", "Oz", "Zebra"),
]


@pytest.mark.parametrize(("sort", "names"), [("name", IN_ORDER), ("-name", IN_ORDER[::-1])])
def test_names_are_in_the_order_of_a_dictionary(ana, anas, sort, names):
    for name in NAMES:
        show(ana, f"org-{name}", name=name)

    for rows in (list_customers(ana, Listed(sort=sort)), page(ana, Listed(sort=sort)).rows):
        assert [row.organization.name for row in rows] == names
    assert [row.name for row in Organization.objects.all()] == IN_ORDER


def test_a_list_goes_on_behind_names_that_are_the_same_but_for_accents(ana, anas, monkeypatch):
    monkeypatch.setattr("customers.services.lists.listing.PAGE_SIZE", 2)
    for number, name in enumerate(["Äpfel", "apfel", "APFEL", "A\u0308pfel", "Apfel"]):
        show(ana, f"org-{number}", name=name)
    visited, after = [], ""

    for _ in range(3):
        shown = page(ana, Listed(after=after))
        visited += [row.organization.org_id for row in shown.rows]
        after = shown.next

    assert (visited, after) == ([f"org-{number}" for number in range(5)], "")


def folded_names(org_id):
    organization = Organization.objects.get(org_id=org_id)
    customer = Customer.objects.filter(organization=organization).first()
    return organization.folded_name, customer and customer.folded_name


def imported(tmp_path, row):
    file = tmp_path / "names.csv"
    file.write_text(f"org_id,name,description\n{row}\n")
    with file.open(newline="") as opened:
        import_organizations(opened)


def test_a_name_is_folded_by_every_way_that_it_comes(ana, anas, tmp_path):
    imported(tmp_path, "new,Ärzte Süd,")
    assert folded_names("new") == ("arzte sud", None)

    store([answered("new", anas, ago(5))])
    assert folded_names("new") == ("arzte sud", "arzte sud")

    imported(tmp_path, "new,Ärzte Ost,")
    assert folded_names("new") == ("arzte ost", "arzte ost")

    store([answered("met", anas, ago(5), details=OrganizationDetails("Élan", ""))])
    assert folded_names("met") == ("elan", "elan")

    organization = make_organization("made", "Ünique")
    organization.name = "Únder"
    organization.save()
    assert folded_names("made") == ("under", None)


def test_an_address_is_folded_with_each_answer(ana, anas):
    make_organization("northwind")
    for minutes, email in ((9, "Büro@north.example"), (5, "Café@xn--mller-kva.example")):
        store([answered("northwind", anas, ago(minutes), stripe_customer(email=email))])

    assert Customer.objects.get().folded_email == "cafe@muller.example"
