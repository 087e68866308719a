"""Signing in renews the CSRF token: what was typed in another tab before is offered once more."""

import pytest

from customers.models import Draft, Note
from tests.dashboard.drafts.conftest import NOTES, PAGE, TYPED
from tests.helpers.pages.sent_forms import end_session, form_on, sign_in


@pytest.fixture
def old_form(desk):
    """The form of a note on a page that was opened before Ana signed in once more."""
    form = form_on(desk.get(PAGE), NOTES)
    end_session(desk)
    sign_in(desk)
    return form


def test_a_note_from_before_the_sign_in_is_shown_and_saved_by_its_button_alone(desk, old_form):
    refused = desk.post(NOTES, old_form | {"text": TYPED})
    notes = Note.objects.count()
    form = form_on(refused, NOTES)

    saved = desk.post(NOTES, form)

    assert (refused.status_code, notes) == (403, 0)
    assert "Nothing was saved yet." in refused.content.decode()
    assert (saved.status_code, saved.headers["Location"]) == (302, PAGE)
    assert Note.objects.get().text == TYPED


def test_nothing_of_it_is_stored(desk, old_form):
    desk.post(NOTES, old_form | {"text": TYPED})

    assert not Draft.objects.exists()


@pytest.mark.parametrize("writer", ["", "forged"])
def test_a_form_of_another_site_is_not_repeated(desk, old_form, writer):
    refused = desk.post(NOTES, {"text": TYPED, "writer": writer})

    assert refused.status_code == 403
    assert "card&#x27;s new" not in refused.content.decode()


def test_a_form_of_another_users_page_is_not_repeated(desk, signed_in_ben):
    form = form_on(desk.get(PAGE), NOTES)
    end_session(desk)
    sign_in(desk, "ben")

    refused = desk.post(NOTES, form | {"text": TYPED})

    assert refused.status_code == 403
    assert "card&#x27;s new" not in refused.content.decode()


def test_fields_that_no_form_declares_are_not_repeated(desk, old_form):
    refused = desk.post(NOTES, old_form | {"text": TYPED, "password": "a secret"})

    assert "a secret" not in refused.content.decode()


def test_a_sign_in_page_in_another_tab_leads_on(desk):
    end_session(desk)
    address = f"/admin/login/?next={PAGE}"
    form = form_on(desk.get(address), "")
    sign_in(desk)

    late = desk.post(address, form | {"username": "ana", "password": "a password of the tests"})

    assert "You are already signed in" in late.content.decode()
    assert f'href="{PAGE}"' in late.content.decode()
    assert desk.get(address).headers["Location"] == PAGE


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/"])
def test_it_leads_to_no_other_site(desk, elsewhere):
    address = f"/admin/login/?next={elsewhere}"

    assert "evil" not in desk.get(address).headers["Location"]
    assert "evil" not in desk.post(address, {}).content.decode().partition("<main")[2]
