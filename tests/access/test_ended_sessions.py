"""A form that is sent after the session has ended: signing in leads back to where it stood."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.conftest import browser_of, make_staff
from tests.helpers.access.access_table import FORMS, PAGES
from tests.helpers.access.people import WALKED_ORG, make_world
from tests.helpers.pages.forms import addresses

ORG_PAGE = f"/orgs/{WALKED_ORG}/"
# Pages that take a form at their own address.
OWN_FORMS = {"search": "/orgs/", "reply": "/replies/de/card/", "saved_views": "/views/"}


@pytest.fixture(autouse=True)
def world(db, settings):
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    make_world()


def found():
    """The addresses of all pages, each with the place that its form belongs to, if it has one."""
    for pattern, address in addresses(get_resolver()):
        if pattern.name in FORMS:
            row = address.strip("/").rpartition("/")[0].rpartition("/")[2]
            yield pattern.name, address, FORMS[pattern.name].format(org=WALKED_ORG, row=row)


def place_after_sign_in(answer):
    url = urlsplit(answer.headers["Location"])
    assert (answer.status_code, url.path) == (302, "/admin/login/")
    return parse_qs(url.query)["next"][0]


def test_every_address_that_takes_a_form_alone_is_in_the_table():
    client = browser_of(make_staff("ana"))
    names = {
        pattern.name
        for pattern, address in addresses(get_resolver())
        if client.put(address).status_code == 405 and client.get(address).status_code == 405
    }

    assert names == set()
    assert set(FORMS) <= {*PAGES, "logout"}
    assert {name for name, _, _ in found()} == set(FORMS)


@pytest.mark.parametrize("signed_in", [True, False])
def test_the_address_of_a_form_leads_to_its_page(signed_in):
    client = browser_of(make_staff("ana")) if signed_in else Client()

    led = {name: client.get(address).headers.get("Location") for name, address, _ in found()}

    assert led == {name: place for name, _, place in found()}


def test_a_form_without_a_session_names_its_page_as_the_place_to_return_to():
    client = Client()

    led = {
        name: place_after_sign_in(client.post(address))
        for name, address, _ in found()
        if name != "logout"
    }

    assert led == {name: place for name, _, place in found() if name != "logout"}


@pytest.mark.parametrize(("name", "place"), OWN_FORMS.items())
def test_a_page_that_takes_its_own_form_is_returned_to(name, place):
    address = {pattern.name: address for pattern, address in addresses(get_resolver())}[name]

    assert place_after_sign_in(Client().post(address, {"q": "4242", "text": "x"})) == place


@pytest.mark.parametrize("name", sorted({*FORMS, "search"} - {"logout"}))
def test_a_form_leads_back_to_the_page_that_it_stood_on(name):
    address = {pattern.name: address for pattern, address in addresses(get_resolver())}[name]
    stood_on = "/orgs/?worklist=expired&sort=name"

    answers = [
        Client().post(address, {"next": stood_on}),
        Client().post(address, headers={"referer": f"http://testserver{stood_on}"}),
    ]

    assert [place_after_sign_in(answer) for answer in answers] == [stood_on, stood_on]


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/orgs/", "//evil.example/", "javascript:alert(1)", ""]
)
def test_no_form_leads_to_another_site(elsewhere):
    answers = [
        Client().post(f"{ORG_PAGE}notes/", {"next": elsewhere}),
        Client().post(f"{ORG_PAGE}notes/", headers={"referer": elsewhere}),
    ]

    assert [place_after_sign_in(answer) for answer in answers] == [ORG_PAGE, ORG_PAGE]


def test_after_sign_in_the_page_is_there():
    ana = make_staff("ana")
    client = Client()
    sign_in = client.post(f"{ORG_PAGE}notes/", {"text": "called them"}).headers["Location"]

    answer = client.post(
        sign_in,
        {"username": "ana", "password": "a password of the tests"},
        follow=True,
    )

    assert ana.is_staff
    assert (answer.redirect_chain, answer.status_code) == ([(ORG_PAGE, 302)], 200)


def test_signing_out_without_a_session_leads_to_sign_in_and_not_into_the_back_office():
    answer = Client().post("/admin/logout/", follow=True)

    assert [url for url, _ in answer.redirect_chain] == ["/admin/login/"]
