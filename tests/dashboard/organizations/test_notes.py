"""Notes: pinned ones on top, only their authors delete them, and only readers touch them."""

import pytest
from django.contrib.auth.models import Permission

from customers.models import Note
from tests.helpers.pages.organization import CARD, text_of


@pytest.fixture
def shared(as_ana, as_ben, sandbox):
    """An organization whose customer both were sent, with two notes of Ana's, the newer last."""
    sandbox.put_org("shared", name="Shared", payment=["ana", "ben"])
    sandbox.put_customer("shared", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ben.get("/orgs/shared/")
    for text in ("an older note", "a newer note"):
        as_ana.post("/orgs/shared/notes/", {"text": text})
    return Note.objects.get(text="an older note")


def test_a_pinned_note_stands_on_top_until_it_is_unpinned(as_ana, shared):
    url = f"/orgs/shared/notes/{shared.pk}/pin/"

    pinned = text_of(as_ana.post(url, {"pinned": "yes"}, follow=True))
    unpinned = text_of(as_ana.post(url, {"pinned": "no"}, follow=True))

    assert pinned.index("an older note") < pinned.index("a newer note")
    assert unpinned.index("a newer note") < unpinned.index("an older note")


def test_others_pin_only_with_the_permission(as_ben, ben, shared):
    url = f"/orgs/shared/notes/{shared.pk}/pin/"

    refused = as_ben.post(url, {"pinned": "yes"})
    ben.user_permissions.add(Permission.objects.get(codename="change_note"))
    allowed = as_ben.post(url, {"pinned": "yes"})

    assert (refused.status_code, allowed.status_code) == (403, 302)
    assert Note.objects.get(pk=shared.pk).is_pinned


def test_the_author_deletes_a_note_and_nobody_else(as_ana, as_ben, ben, shared):
    ben.user_permissions.add(Permission.objects.get(codename="change_note"))
    url = f"/orgs/shared/notes/{shared.pk}/delete/"

    refused = as_ben.post(url)
    text = text_of(as_ana.post(url, follow=True))

    assert refused.status_code == 403
    assert "Note deleted." in text
    assert "an older note" not in text


def test_who_may_not_read_a_note_can_neither_pin_it_nor_learn_of_it(as_ana, as_ben, ben, sandbox):
    ben.user_permissions.add(Permission.objects.get(codename="change_note"))
    sandbox.put_org("anas", name="Anas", payment=["ana"])
    sandbox.put_customer("anas", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ana.post("/orgs/anas/notes/", {"text": "a note of hers"})
    note = Note.objects.get()

    there = as_ben.post(f"/orgs/anas/notes/{note.pk}/pin/", {"pinned": "yes"})
    elsewhere = as_ben.post(f"/orgs/anas/notes/{note.pk + 1}/pin/", {"pinned": "yes"})

    assert "no payment permission here" in text_of(there)
    assert there.status_code == elsewhere.status_code
    assert not Note.objects.get().is_pinned


def test_no_note_is_reached_through_another_organization(as_ana, as_ben, ben, shared, sandbox):
    ben.user_permissions.add(Permission.objects.get(codename="change_note"))
    sandbox.put_org("anas", name="Anas", payment=["ana"])
    sandbox.put_customer("anas", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ana.post("/orgs/anas/notes/", {"text": "a note of hers"})
    note = Note.objects.get(text="a note of hers")

    text = text_of(
        as_ben.post(f"/orgs/shared/notes/{note.pk}/pin/", {"pinned": "yes"}, follow=True)
    )

    assert "This note no longer exists." in text
    assert not Note.objects.get(pk=note.pk).is_pinned


def test_a_note_that_is_gone_is_said_to_be(as_ana, shared):
    url = f"/orgs/shared/notes/{shared.pk}/delete/"
    as_ana.post(url)

    assert "This note no longer exists." in text_of(as_ana.post(url, follow=True))


def test_a_ticket_link_is_http_or_https(as_ana, shared):
    note = {"text": "x", "ticket_url": "ftp://tickets.example/1"}

    text = text_of(as_ana.post("/orgs/shared/notes/", note))

    assert "Enter a valid URL." in text
    assert not Note.objects.filter(text="x").exists()
