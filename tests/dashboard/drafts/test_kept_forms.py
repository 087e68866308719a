"""What is sent after the session ended is filled in again once its writer has signed in."""

import zlib

import pytest
from django.contrib.auth.models import Permission

from customers.models import CaseStep, Draft, Note, ReplyTemplate, SecurityEvent
from customers.services.drafts.drafts import MOST_BYTES
from tests.dashboard.drafts.conftest import NOTES, PAGE, TYPED, key, place
from tests.helpers.accounts.codes import set_up
from tests.helpers.pages.sent_forms import browser, end_session, form_on, sign_in

LIST, REPLY = "/orgs/?sort=name", "/replies/de/card/"


def test_a_note_is_in_its_form_again_and_saved_by_its_button_alone(desk, send_late):
    led = send_late(text=TYPED, ticket_url="https://tickets.example/7")
    there = sign_in(desk, at=led.headers["Location"])
    page = desk.get(there.headers["Location"])
    form = form_on(page, NOTES)
    kept = Draft.objects.count(), Note.objects.count()

    saved = desk.post(NOTES, form)

    assert there.headers["Location"] == f"{PAGE}?draft={form['draft'][0]}"
    assert (form["text"], form["ticket_url"]) == ([TYPED], ["https://tickets.example/7"])
    assert kept == (1, 0)
    assert saved.headers["Location"] == PAGE
    assert Note.objects.get().text == TYPED
    assert not Draft.objects.exists()


def test_the_page_says_that_a_note_is_still_there(desk, send_late):
    led = send_late(text=TYPED)
    sign_in_page = desk.get(led.headers["Location"]).content.decode()
    page = desk.get(sign_in(desk, at=led.headers["Location"]).headers["Location"]).content.decode()

    assert "What you entered is kept for 30 minutes." in sign_in_page
    assert TYPED[:8] not in sign_in_page
    assert "Your note is still here." in page


def test_a_reason_for_access_is_filled_in_again_and_not_yet_in_force(desk, send_late):
    led = send_late(action="/purpose/", purpose="ticket 4711")
    page = desk.get(sign_in(desk, at=led.headers["Location"]).headers["Location"])
    form = form_on(page, "/purpose/")

    assert form["purpose"] == ["ticket 4711"]
    assert "Your reason for access is filled in again." in page.content.decode()
    assert "purpose" not in desk.session
    assert desk.post("/purpose/", form).headers["Location"].startswith(PAGE)
    assert desk.session["purpose"] == "ticket 4711"
    assert not Draft.objects.exists()


def test_a_search_is_in_its_box_again_and_not_run(desk, send_late, sandbox):
    led = send_late(LIST, "/search/", q="our card was declined, acme")
    asked = sandbox.counts()
    there = sign_in(desk, at=led.headers["Location"]).headers["Location"]
    form = form_on(desk.get(there), "/search/")

    assert there == f"{LIST}&draft={key()}"
    assert form["q"] == ["our card was declined, acme"]
    assert sandbox.counts() == asked
    assert desk.post("/search/", form).headers["Location"] == PAGE


@pytest.mark.parametrize("action", ["/check-selected/", "/cases/take/", "/export-selected/"])
def test_a_selection_is_ticked_again_and_nothing_is_done(desk, send_late, sandbox, action):
    led = send_late(LIST, "/check-selected/", to=action, org=["acme", "cedar"])
    asked = sandbox.counts()
    there = sign_in(desk, at=led.headers["Location"]).headers["Location"]
    form = form_on(desk.get(there), "/check-selected/")

    assert there == f"{LIST}&draft={key()}"
    assert form["org"] == ["acme", "cedar"]
    assert sandbox.counts() == asked
    assert not CaseStep.objects.exists()


def test_the_text_of_a_reply_is_in_its_form_again(desk, signed_in_ana):
    signed_in_ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))
    form = form_on(desk.get(REPLY), "")
    end_session(desk)
    led = desk.post(REPLY, form | {"text": "Ihre Karte, {name} …"})
    page = desk.get(sign_in(desk, at=led.headers["Location"]).headers["Location"])

    assert form_on(page, "")["text"] == ["Ihre Karte, {name} …"]
    assert "Your text is still here." in page.content.decode()
    assert not ReplyTemplate.objects.exists()
    other = desk.get(f"/replies/en/card/?draft={key()}")
    assert "Ihre Karte" not in other.content.decode()


def test_a_draft_outlasts_the_step_of_the_second_factor(desk, send_late, ana):
    authenticator = set_up(ana)
    end_session(desk)
    desk = sign_in_again(desk, authenticator)
    led = send_late(text=TYPED)
    first = sign_in(desk, at=led.headers["Location"])
    due = desk.get(first.headers["Location"], follow=True)
    before = due.content.decode()
    form = form_on(due, "/second-factor/code/")

    there = desk.post("/second-factor/code/", form | {"code": authenticator.code()})

    assert due.request["PATH_INFO"] == "/second-factor/"
    assert "card&#x27;s new" not in before
    assert there.headers["Location"] == f"{PAGE}?draft={key()}"
    assert form_on(desk.get(there.headers["Location"]), NOTES)["text"] == [TYPED]


def sign_in_again(client, authenticator):
    sign_in(client)
    form = form_on(client.get("/second-factor/"), "/second-factor/code/")
    client.post("/second-factor/code/", form | {"code": authenticator.code()})
    return client


def test_before_the_second_factor_no_page_fills_a_draft_in(desk, send_late, ana):
    send_late("/orgs/", "/search/", q="acme's number")
    set_up(ana)
    sign_in(desk)

    page = desk.get(f"/second-factor/?draft={key()}")

    assert page.status_code == 200
    assert "acme&#x27;s number" not in page.content.decode()


def test_another_user_who_signs_in_sees_nothing_of_it_and_it_stays(desk, send_late, ben, sandbox):
    led = send_late(text=TYPED)
    there = sign_in(desk, "ben", led.headers["Location"]).headers["Location"]
    bens = desk.get(there).content.decode()
    end_session(desk)
    again = sign_in(desk, at=f"/admin/login/?next={there}").headers["Location"]

    assert "card&#x27;s new" not in bens
    assert "still here" not in bens
    assert form_on(desk.get(again), NOTES)["text"] == [TYPED]


def test_without_the_token_against_forged_forms_nothing_is_kept(desk, send_late):
    led = send_late(text=TYPED, csrfmiddlewaretoken="a" * 64)

    assert led.status_code == 403
    assert not Draft.objects.exists()
    assert "card&#x27;s new" not in led.content.decode()


@pytest.mark.parametrize("writer", [[], [""], ["1"], ["MQ:1vXXXX:forged"]], ids=str)
def test_without_the_writers_signed_id_nothing_is_kept(send_late, writer):
    led = send_late(text=TYPED, writer=writer)

    assert place(led) == PAGE
    assert not Draft.objects.exists()
    assert not SecurityEvent.objects.filter(code="draft.kept").exists()


def test_a_signed_id_of_another_user_offers_it_to_them_alone(desk, send_late, signed_in_ben):
    bens = browser()
    sign_in(bens, "ben")
    writer = form_on(bens.get("/"), "/search/")["writer"]

    led = send_late(text=TYPED, writer=writer)
    anas = desk.get(sign_in(desk, at=led.headers["Location"]).headers["Location"])

    assert form_on(anas, NOTES)["text"] == [""]
    assert Draft.objects.get().user == signed_in_ben


def test_what_is_too_large_is_not_kept_and_the_sign_in_page_says_so(desk, send_late):
    led = send_late(text="x" * MOST_BYTES)

    assert place(led) == PAGE
    assert not Draft.objects.exists()
    assert "could not be saved" in desk.get(led.headers["Location"]).content.decode()


def test_only_fields_that_a_form_declares_are_kept(send_late):
    send_late(text=TYPED, password="a secret", api_key="another")

    (draft,) = Draft.objects.all()
    assert b"secret" not in zlib.decompress(draft.fields)


@pytest.mark.parametrize(
    ("action", "typed"),
    [
        ("/credentials/sign-in/", {"sign_in-username": "ana", "sign_in-password": "a secret"}),
        ("/credentials/paste/", {"paste-api_key": "k", "paste-session_token": "a secret"}),
        ("/credentials/test/", {}),
    ],
)
def test_a_form_with_credentials_is_never_kept(desk, send_late, action, typed):
    writer = form_on(desk.get("/"), "/search/")["writer"]

    led = send_late("/credentials/", action, writer=writer, **typed)

    assert place(led) == "/credentials/"
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "/\\evil.example"]
)
def test_a_draft_leads_to_no_other_site(desk, send_late, elsewhere):
    led = send_late(action="/purpose/", purpose="ticket 4711", next=elsewhere)

    assert place(led) == f"{PAGE}?draft={key()}"


def test_a_draft_takes_the_place_of_another_in_the_address(desk, send_late):
    led = send_late(f"{PAGE}?draft=x&as_of=", "/search/", q="acme")

    assert place(led) == f"{PAGE}?as_of=&draft={key()}"


def test_a_note_on_one_organization_is_not_filled_in_on_another(desk, send_late):
    led = send_late(text=TYPED)
    sign_in(desk, at=led.headers["Location"])

    assert form_on(desk.get(f"/orgs/birch/?draft={key()}"), "/orgs/birch/notes/")["text"] == [""]


def test_the_address_of_a_form_leads_to_its_page_with_the_draft(desk, send_late):
    send_late(text=TYPED)
    sign_in(desk)

    assert desk.get(f"{NOTES}?draft={key()}").headers["Location"] == f"{PAGE}?draft={key()}"
