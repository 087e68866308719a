"""Page languages: chosen by the user or requested by the browser."""

import pytest
from django.test import Client

from customers.models import Customer
from customers.upstream.message import Message


def speak_german(client: Client, back: str = "/orgs/") -> None:
    client.post("/language/", {"language": "de", "next": back})


def test_the_choice_is_kept_and_leads_back(as_ana):
    answer = as_ana.post("/language/", {"language": "de", "next": "/orgs/?sort=-expiry"})
    page = as_ana.get("/orgs/").content.decode()

    assert answer.headers["Location"] == "/orgs/?sort=-expiry"
    assert '<html lang="de"' in page
    assert "Organisationen" in page


def test_a_choice_leads_to_no_other_site(as_ana):
    answer = as_ana.post("/language/", {"language": "de", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/"


def test_who_is_not_signed_in_can_choose_too(client, db):
    speak_german(client)
    page = client.get("/admin/login/").content.decode()

    assert "<h1>Anmelden</h1>" in page
    assert 'name="language" value="en"' in page
    assert ">English</button>" in page


def test_without_a_choice_the_browser_decides(client, db):
    german = client.get("/admin/login/", headers={"Accept-Language": "de-AT,de;q=0.9"})
    other = client.get("/admin/login/", headers={"Accept-Language": "fr"})

    assert '<html lang="de"' in german.content.decode()
    assert '<html lang="en"' in other.content.decode()


@pytest.mark.parametrize("path", ["/admin/login/", "/nothing/here/"])
def test_what_a_page_depends_on_is_said_to_caches(client, db, path):
    varies = client.get(path).headers["Vary"]

    assert "Accept-Language" in varies
    assert "Cookie" in varies


@pytest.mark.parametrize("name", ["Bingo", "Fig Tree Physio"])
def test_an_organization_is_told_in_german(as_ana, sandbox, name):
    speak_german(as_ana)
    page = as_ana.get(f"/orgs/{sandbox.org_id(name)}/").content.decode()

    assert "Verlauf" in page
    assert "</time> mit Ihrer Sitzung" in page
    assert "Antwortvorschlag" in page
    assert "Checked" not in page


def test_an_error_is_shown_in_german(as_ana, sandbox):
    org_id = sandbox.org_id("Bingo")
    as_ana.get(f"/orgs/{org_id}/")
    sandbox.set_fault("503")
    as_ana.post(f"/orgs/{org_id}/check/")
    speak_german(as_ana)

    page = as_ana.get(f"/orgs/{org_id}/").content.decode()

    stored = Customer.objects.get(organization__org_id=org_id)
    assert stored.last_error == Message.of("not_available", status=503)
    assert "Catalyze ist derzeit nicht verfügbar (503)." in page


def test_an_export_is_the_same_in_every_language(as_ana, sandbox):
    as_ana.get(f"/orgs/{sandbox.org_id('Bingo')}/")

    in_english = b"".join(as_ana.get("/export/").streaming_content)
    speak_german(as_ana)
    in_german = b"".join(as_ana.get("/export/").streaming_content)

    assert in_german == in_english
    assert b"org_id,name,state" in in_german
