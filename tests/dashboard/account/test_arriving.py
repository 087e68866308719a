"""After the first sign-in with Catalyze, organizations arrive instead of an empty list."""

import pytest

from customers.models import Disclosure, Organization
from customers.services.checking import arrivals
from tests.conftest import browser_of
from tests.helpers.pages.clinics import import_clinics

ARRIVING, ASK = "/credentials/organizations/", "/credentials/organizations/ask/"


@pytest.fixture
def clinics(sandbox, db):
    import_clinics(sandbox, 3)


def credentials_of(sandbox, name="ana"):
    sent = {"username": name, "password": sandbox.users()[name]["password"]}
    return {f"sign_in-{key}": value for key, value in (sent | {"api_key": sandbox.api_key}).items()}


def test_the_first_sign_in_leads_to_what_arrives(ana, sandbox, clinics):
    client = browser_of(ana)

    answer = client.post("/credentials/sign-in/", credentials_of(sandbox), follow=True)

    assert answer.redirect_chain == [(ARRIVING, 302)]
    page = answer.content.decode()
    assert "0 of 3 asked" in page
    assert "data-goes-on" in page


def test_a_later_sign_in_stays_where_it_was(as_ana, sandbox, clinics):
    as_ana.post(ASK)

    answer = as_ana.post("/credentials/sign-in/", credentials_of(sandbox))
    elsewhere = as_ana.post("/credentials/sign-in/", credentials_of(sandbox) | {"next": "/orgs/"})

    assert answer.headers["Location"] == "/credentials/"
    assert elsewhere.headers["Location"] == "/orgs/"


def test_without_scripts_the_button_goes_on(as_ana, clinics, monkeypatch):
    monkeypatch.setattr(arrivals, "_AT_ONCE", 2)

    half = as_ana.post(ASK, follow=True)
    place = half.redirect_chain[0][0].partition("=")[2]
    whole = as_ana.post(ASK, {"after": place}, follow=True).content.decode()

    assert "2 of 3 asked" in half.content.decode()
    assert f'name="after" value="{place}"' in half.content.decode()
    assert "All 3 asked" in whole
    assert "2 organizations so far" in whole
    assert 'href="/orgs/clinic-2/"' in whole
    assert "clinic-0" not in whole  # Catalyze does not show it


def test_in_place_only_the_part_is_sent(as_ana, clinics):
    part = as_ana.post(ASK, {"in_place": "on"}).content.decode()

    assert part.lstrip().startswith('<div class="stack" data-part="arriving">')
    assert "Clinic 2" in part


def test_what_is_shown_is_recorded(as_ana, clinics):
    as_ana.post(ASK, {"in_place": "on"})

    found = Disclosure.objects.values_list("org_id", "where")
    assert sorted(found) == [("clinic-1", "list"), ("clinic-2", "list")]


def test_trouble_is_said_and_stops(as_ana, clinics, sandbox):
    sandbox.set_fault("503")
    part = as_ana.post(ASK).content.decode()

    assert "Catalyze is not available now (503)." in part
    assert "data-goes-on" not in part


def test_who_is_shown_nothing_is_told_why(as_ben, sandbox, db):
    Organization.objects.create(org_id="clinic", is_imported=True)
    sandbox.put_org("clinic", name="Clinic", payment=["ana"])

    page = as_ben.post(ASK, follow=True).content.decode()

    assert "Catalyze shows you none of them" in page


def test_a_portal_without_organizations_says_what_to_do(as_ana):
    page = as_ana.get(ARRIVING).content.decode()

    assert "Paste an org id into the search box" in page
    assert "data-arriving" not in page


@pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "١"])
def test_a_place_that_is_none_is_the_start(as_ana, clinics, after):
    assert "All 3 asked" in as_ana.post(ASK, {"after": after}, follow=True).content.decode()


def test_ones_credentials_say_what_an_api_key_is(ana):
    page = browser_of(ana).get("/credentials/").content.decode()

    assert "What is an API key?" in page
    assert "Catalyze issues it" in page
