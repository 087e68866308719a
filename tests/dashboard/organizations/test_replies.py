"""The texts of replies: who may write them, how they are checked, and where they are used."""

import pytest
from django.contrib.auth.models import Permission

from customers.models import ReplyTemplate
from tests.conftest import browser_of
from tests.helpers.pages.organization import CARD

EDIT = "/replies/en/card/"


@pytest.fixture
def editor(signed_in_ana):
    """Ana, who may also write replies, in her browser."""
    signed_in_ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))
    return browser_of(signed_in_ana)


def test_all_replies_are_shown_filled_in_for_a_made_up_organization(editor):
    page = editor.get("/replies/").content.decode()

    assert page.count("Northwind Clinics") == 2 * len(ReplyTemplate.State)
    assert "the default text" in page
    assert 'lang="de">Für Northwind Clinics ist diese Karte hinterlegt' in page


def test_a_saved_text_says_who_changed_it(editor):
    page = editor.post(EDIT, {"text": "Card {card}, {date}."}, follow=True).content.decode()

    assert "Text saved." in page
    assert "Card Visa •••• 4242," in page
    assert "changed by <bdi>ana</bdi>" in page


def test_a_preview_saves_nothing(editor):
    page = editor.post(EDIT, {"text": "Card {card}, {date}.", "preview": "yes"}).content.decode()

    assert "Card Visa •••• 4242," in page
    assert not ReplyTemplate.objects.exists()


def test_a_text_with_a_mistake_is_told_why_and_kept_to_be_mended(editor):
    page = editor.post(EDIT, {"text": "{balance} <b>{date}</b>"}).content.decode()

    assert "Unknown placeholder {balance}" in page
    assert "it can’t contain markup" in page
    assert "{balance} &lt;b&gt;{date}&lt;/b&gt;</textarea>" in page
    assert not ReplyTemplate.objects.exists()


def test_the_default_comes_back(editor):
    editor.post(EDIT, {"text": "Card {card}, {date}."})

    page = editor.post(f"{EDIT}reset/", follow=True).content.decode()

    assert "The default text has been restored." in page
    assert "changed by" not in page


@pytest.mark.parametrize("path", ["/replies/fr/card/", "/replies/en/broke/"])
def test_a_reply_that_does_not_exist_is_not_found(editor, path):
    assert editor.get(path).status_code == 404
    assert editor.post(f"{path}reset/").status_code == 404


def test_the_organization_page_uses_the_text_in_the_language_that_is_chosen(editor, sandbox):
    sandbox.put_org("north", name="North", payment=["ana"])
    sandbox.put_customer("north", {"object": "customer", "id": "cus_1", "active_card": CARD})
    editor.post("/replies/de/card/", {"text": "Ihre Karte: {card}. {date}"})

    in_german = editor.get("/orgs/north/?reply=de").content.decode()
    in_english = editor.get("/orgs/north/").content.decode()

    assert "Ihre Karte: " in in_german
    assert "Ihre Karte: " not in in_english
    assert 'href="/replies/de/card/' in in_german


def test_a_check_keeps_the_language_that_the_reply_was_wanted_in(editor, sandbox):
    org_id = sandbox.org_id("Bingo")

    checked = editor.post(f"/orgs/{org_id}/check/", {"reply": "de"})

    assert checked.headers["Location"].endswith("?reply=de")


def test_who_may_not_edit_replies_is_offered_no_link(as_ana, sandbox):
    page = as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/").content.decode()

    assert "Edit this text" not in page
    assert "/replies/" not in page
