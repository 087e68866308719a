"""What staff type or paste is cleaned where it is read: notes, purposes, answers, names."""

import pytest
from django.contrib.auth.models import Permission, User

from customers.models import Disclosure, Note, Organization, ReplyTemplate
from tests.conftest import browser_of, organization
from tests.helpers.pages.organization import CARD


@pytest.fixture
def root(as_ana, signed_in_ana):
    signed_in_ana.is_superuser = True
    signed_in_ana.save()
    return browser_of(signed_in_ana)


@pytest.fixture
def northwind(sandbox):
    sandbox.put_org("northwind", name="Northwind", payment=["ana"])
    sandbox.put_customer("northwind", {"object": "customer", "id": "cus_1", "active_card": CARD})


def test_a_note_keeps_its_lines_and_nothing_that_lies(as_ana, northwind):
    as_ana.post(
        "/orgs/northwind/notes/",
        {
            "text": "\u202eFirst\r\nsecond\x1b[2J\u2028third\x00\rfourth\r\n",
            "ticket_url": "https://tickets.example/\u202e42",
        },
    )

    note = Note.objects.get()
    assert note.text == "First\nsecond[2J\nthird\nfourth"
    assert note.ticket_url == "https://tickets.example/42"


def test_a_note_of_which_nothing_is_left_is_no_note(as_ana, northwind):
    as_ana.post("/orgs/northwind/notes/", {"text": "\u202e\u200f\ufeff"})

    assert not Note.objects.exists()


def test_a_purpose_is_one_plain_line(as_ana, northwind):
    as_ana.post("/purpose/", {"purpose": "TICKET-7\r\nforged\u202e\x1b[0m"})
    as_ana.get("/orgs/northwind/")

    assert Disclosure.objects.latest("pk").purpose == "TICKET-7 forged[0m"


def test_an_answer_keeps_its_lines_and_nothing_that_lies(as_ana, signed_in_ana):
    signed_in_ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))

    as_ana.post("/replies/en/card/", {"text": "Hello\u202e,\r\n{card}\x07 on {date}"})

    assert ReplyTemplate.objects.get().text == "Hello,\n{card} on {date}"


def test_an_organization_of_the_back_office_is_clean(root):
    url = "/admin/customers/organization/add/"
    sent = {"org_id": "a", "name": "\u202eAl\tpha\x9b", "description": "One\u2066\r\n\x07two"}

    assert root.post(url, sent).status_code == 302

    row = Organization.objects.get()
    assert (row.name, row.description) == ("Al pha", "One\ntwo")


def test_an_organization_is_renamed_clean_and_still_bounded(root):
    row = organization("a", "Before")
    url = f"/admin/customers/organization/{row.pk}/change/"

    assert root.post(url, {"name": "x" * 256}).status_code == 200
    assert root.post(url, {"name": "After\u202e" + "\u200f" * 300}).status_code == 302

    row.refresh_from_db()
    assert row.name == "After"


def test_a_colleague_has_a_plain_name(root, ben):
    sent = {
        "username": "ben",
        "first_name": "\u202eBen\x1b[31m",
        "last_name": "O’Hara\u2028",
        "email": "ben@staff.example",
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }

    assert root.post(f"/admin/auth/user/{ben.pk}/change/", sent).status_code == 302

    ben.refresh_from_db()
    assert (ben.first_name, ben.last_name) == ("Ben[31m", "O’Hara")


@pytest.mark.parametrize("name", ["b\u202een", "be\x1bn", "be\u2028n", "b\u200den"])
def test_a_user_name_that_lies_is_refused(root, name):
    password = "a password of the tests"
    sent = {
        "username": name,
        "password1": password,
        "password2": password,
        "usable_password": "true",
    }

    assert root.post("/admin/auth/user/add/", sent).status_code == 200
    assert not User.objects.exclude(username="ana").exists()


def test_a_pasted_search_finds_past_what_cannot_be_seen(as_ana, northwind):
    as_ana.get("/orgs/northwind/")

    opened = as_ana.post("/search/", {"q": "\u202anorth\u200ewind\u202c"})
    page = as_ana.get("/orgs/", {"q": "\u202aNorth\u200ewind\u202c\x00"}).content.decode()

    assert opened.url == "/orgs/northwind/"
    assert "matching “<bdi>Northwind</bdi>”" in page
    assert 'href="/orgs/northwind/?from=' in page
