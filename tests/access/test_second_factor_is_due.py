"""Until the second factor is passed, every page and form refuses, in the back office too."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from customers.models import Access
from tests.conftest import browser_of
from tests.helpers.access.access_table import ANYONE, FORMS, PAGES, TOKEN
from tests.helpers.access.back_office_table import SITE_PAGES
from tests.helpers.access.people import EVERYTHING, KINDS, MARKS, Kind, make_world
from tests.helpers.accounts.codes import enter, set_up
from tests.helpers.pages.visits import back_office_urls, body, visits

# What opens nothing but the way in or out.
OPEN = {"login", "logout"}


@pytest.fixture
def kind(db, settings) -> Kind:
    settings.CATALYZE_DEADLINE = 0.05  # nothing listens, so there is nothing to wait for
    make_world()
    return KINDS["superuser with proof"]


@pytest.fixture(params=["the code is due", "the set-up is due"])
def client(request, kind, settings) -> Client:
    """Of a superuser who may see everything, and whose password alone was right."""
    user = kind.make()
    if request.param == "the code is due":
        set_up(user)
    else:
        settings.REQUIRE_SECOND_FACTOR = True
    return browser_of(user)


def test_every_page_and_form_refuses(client):
    wrong = []

    for name, page in PAGES.items():
        if page.needs in {ANYONE, TOKEN} or name.startswith("second_factor"):
            continue
        for answer in visits(client, page):
            method = answer.wsgi_request.method
            if method == "GET" and name in FORMS:  # it leads to a page, which refuses
                continue
            if answer.status_code != 405 and not leads_to_sign_in(answer):
                wrong.append(f"{method} {name} answers {answer.status_code}")

    assert wrong == []


def test_every_page_of_the_back_office_refuses(client):
    urls = [*back_office_urls(), *site_urls()]

    wrong = [
        f"{url} answers {answer.status_code}"
        for url in urls
        for answer in (client.get(url), client.post(url))
        if not leads_to_sign_in(answer)
    ]

    assert wrong == []


def test_the_pages_of_the_second_factor_show_no_billing(client):
    for name, page in PAGES.items():
        if name.startswith("second_factor"):
            text = "".join(body(answer) for answer in visits(client, page))
            assert not [mark for what in EVERYTHING for mark in MARKS[what] if mark in text], name


def test_no_form_that_was_refused_did_anything(client):
    before = list(Access.objects.order_by("pk").values())

    client.post("/orgs/walked-org/check/")
    client.post("/orgs/walked-org/notes/", {"text": "a note of a thief"})
    client.post("/credentials/forget/")

    assert list(Access.objects.order_by("pk").values()) == before


def test_the_code_opens_all_of_it(kind):
    user = kind.make()
    authenticator = set_up(user)
    client = browser_of(user)

    enter(client, authenticator.code())

    assert {client.get(url).status_code for url in ("/", "/orgs/", "/admin/")} == {200}


def site_urls() -> Iterator[str]:
    for name in SITE_PAGES - OPEN - {"index"}:
        arguments = ["customers"] if name == "app_list" else []
        yield reverse(f"admin:{name}", args=arguments)


def leads_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/admin/login/")
