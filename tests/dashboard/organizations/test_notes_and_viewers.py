"""The organization page: who looked at it, and what they noted."""

import re

from customers.models import Disclosure, Note
from tests.helpers.pages.organization import CARD, text_of


def test_who_looked_is_recorded_and_shown(as_ana, as_ben, sandbox):
    sandbox.put_org("shared", name="Shared", payment=["ana", "ben"])
    sandbox.put_customer("shared", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ben.get("/orgs/shared/")

    text = text_of(as_ana.get("/orgs/shared/"))

    assert Disclosure.objects.filter(user__username="ben", organization__org_id="shared").exists()
    assert re.search(r"<bdi>ben</bdi> <span[^>]*>just now</span>", text)


def test_a_refused_page_is_not_recorded_as_seen(as_ana, sandbox):
    sandbox.put_org("bens", name="Bens Own", payment=["ben"])

    as_ana.get("/orgs/bens/")

    assert not Disclosure.objects.exists()


def test_a_note_is_kept_with_author_and_ticket(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")
    note = {"text": "Asked for a new card.", "ticket_url": "https://tickets.example/48213"}

    text = text_of(as_ana.post(f"/orgs/{org_id}/notes/", note, follow=True))

    assert Note.objects.get().author.username == "ana"
    assert "Asked for a new card." in text
    assert "https://tickets.example/48213" in text


def test_notes_and_viewers_are_not_told_to_who_was_never_sent_a_customer(as_ana, as_ben, sandbox):
    sandbox.put_org("shared", name="Shared", payment=["ana", "ben"])
    sandbox.put_customer("shared", {"object": "customer", "id": "cus_1", "active_card": CARD})
    as_ana.get("/orgs/shared/")
    as_ana.post("/orgs/shared/notes/", {"text": "4242 was declined"})
    sandbox.delete_customer("shared")

    text = text_of(as_ben.get("/orgs/shared/"))
    # The whole staff stands among the possible owners of a case.
    page = re.sub(r"(?s)<select id=.case-owner.*?</select>", "", text.split("</header>")[1])

    assert "was declined" not in page
    assert "ana" not in page


def test_a_note_link_that_would_run_a_script_is_refused(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")

    text = text_of(
        as_ana.post(f"/orgs/{org_id}/notes/", {"text": "x", "ticket_url": "javascript:alert(1)"})
    )

    assert "Enter a valid URL." in text
    assert not Note.objects.exists()


def test_a_note_under_a_bad_org_id_is_no_server_error(as_ana):
    assert as_ana.post("/orgs/%00/notes/", {"text": "x"}).status_code == 404


def test_a_note_on_an_organization_that_may_not_be_seen_is_not_written(as_ana, as_ben, sandbox):
    sandbox.put_org("bens", name="Bens Own", payment=["ben"])
    as_ben.get("/orgs/bens/")

    text = text_of(as_ana.post("/orgs/bens/notes/", {"text": "peek"}, follow=True))

    assert "no payment permission here" in text
    assert not Note.objects.exists()
