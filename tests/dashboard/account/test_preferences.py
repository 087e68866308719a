"""The page of one's own preferences, and what follows from them on every page."""

import re

import pytest

from customers.models import DeskPreferences
from customers.services.accounts.language_and_zone import choose_language_and_zone
from customers.services.lists.preferences import preferences_of
from tests.conftest import browser_of

CHOICES = {
    "language": "de",
    "time_zone": "Asia/Tokyo",
    "columns": ["state", "email"],
    "page_size": "100",
}


def test_all_of_it_is_kept_for_the_user(ana):
    answer = browser_of(ana).post("/preferences/", CHOICES, follow=True)

    page = answer.content.decode()
    assert "Einstellungen gespeichert." in page
    assert '<option value="Asia/Tokyo" selected>Tokyo</option>' in page
    assert " JST" in page
    ana.refresh_from_db()
    assert preferences_of(ana).columns == ("state", "email")
    assert preferences_of(ana).page_size == 100


def test_another_browser_knows_it_too(ana):
    browser_of(ana).post("/preferences/", CHOICES)

    assert '<html lang="de"' in browser_of(ana).get("/keys/").content.decode()


def test_nothing_of_it_is_somebody_elses(ana, ben):
    browser_of(ana).post("/preferences/", CHOICES)

    page = browser_of(ben).get("/preferences/").content.decode()
    assert '<html lang="en"' in page
    assert DeskPreferences.objects.get().user == ana


@pytest.mark.parametrize(
    "wrong", [{"time_zone": "Mars/Olympus"}, {"language": "xx"}, {"page_size": "26"}]
)
def test_what_there_is_not_is_named_and_not_kept(ana, wrong):
    page = browser_of(ana).post("/preferences/", CHOICES | wrong).content.decode()

    assert 'class="errorlist"' in page
    assert not DeskPreferences.objects.exists()


def test_the_menu_leads_there(as_ana):
    assert 'href="/preferences/"' in as_ana.get("/orgs/").content.decode()


def test_the_buttons_of_the_language_keep_it_for_the_user_and_the_browser(ana):
    client = browser_of(ana)
    client.post("/language/", {"language": "de", "next": "/keys/"})
    client.post("/admin/logout/")  # which keeps the cookies

    assert '<html lang="de"' in client.get("/admin/login/").content.decode()
    ana.refresh_from_db()
    assert ana.deskpreferences.language == "de"


def test_a_strangers_language_is_nobodys_choice(client, db):
    client.post("/language/", {"language": "de"})

    assert not DeskPreferences.objects.exists()


def test_the_own_language_goes_before_that_of_the_browser(ana):
    choose_language_and_zone(ana, language="en")
    page = browser_of(ana).get("/keys/", headers={"Accept-Language": "de"})

    assert page.headers["Content-Language"] == "en"


def test_the_zone_of_one_reader_is_not_the_next_ones(ana, ben):
    choose_language_and_zone(ana, time_zone="Asia/Tokyo")

    theirs = browser_of(ana).get("/preferences/").content.decode()
    others = browser_of(ben).get("/preferences/").content.decode()

    assert re.search(r"The time on your pages: \d\d:\d\d JST</p>", theirs)
    assert re.search(r"The time on your pages: \d\d:\d\d UTC</p>", others)
