"""A draft opens no page: whose proof has lapsed sees their own words, and no billing."""

import pytest

from customers.models import Access, Draft, Note
from tests.dashboard.drafts.conftest import NOTES, PAGE, TYPED, key
from tests.helpers.pages.sent_forms import form_on, sign_in
from tests.helpers.rows import ago

IN_PAGE = "card&#x27;s new"


@pytest.fixture
def lose_sight(sandbox):
    """Ana's proof lapses while her session with Catalyze is over."""

    def lose():
        Access.objects.update(proved_at=ago(60 * 24 * 4))
        sandbox.expire_sessions("ana")

    return lose


def test_a_draft_of_an_organization_whose_proof_lapsed_shows_no_billing(
    desk, send_late, lose_sight
):
    led = send_late(text=TYPED)
    lose_sight()
    page = desk.get(sign_in(desk, at=led.headers["Location"]).headers["Location"]).content.decode()

    assert "Sign in with Catalyze to see this" in page
    assert IN_PAGE in page
    assert "4242" not in page
    assert "cus_acme" not in page


def test_a_note_that_cannot_be_saved_now_waits_until_the_page_is_there_again(
    desk, lose_sight, signed_in_ana, sandbox
):
    form = form_on(desk.get(PAGE), NOTES)
    lose_sight()

    led = desk.post(NOTES, form | {"text": TYPED})
    page = desk.get(led.headers["Location"])
    renewal = form_on(page, "/credentials/sign-in/")
    password = sandbox.users()["ana"]["password"]
    back = desk.post(
        "/credentials/sign-in/",
        renewal | {"sign_in-username": "ana", "sign_in-password": password},
    )
    form = form_on(desk.get(back.headers["Location"]), NOTES)
    desk.post(NOTES, form)

    assert led.headers["Location"] == back.headers["Location"]
    assert IN_PAGE in page.content.decode()
    assert Note.objects.get().text == TYPED
    assert not Draft.objects.exists()


def test_it_is_kept_for_the_user_whose_session_it_was(desk, lose_sight, signed_in_ana):
    form = form_on(desk.get(PAGE), NOTES)
    lose_sight()

    led = desk.post(NOTES, form | {"text": TYPED})

    assert led.headers["Location"] == f"{PAGE}?draft={key()}"
    assert Draft.objects.get().user == signed_in_ana
