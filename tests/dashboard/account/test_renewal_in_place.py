"""A Catalyze session that ended is renewed on the page one is on, with a password used once."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from customers.models import Credentials, SecurityEvent
from customers.services.credentials.store import open_credentials
from tests.helpers.accounts.codes import let_pass
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.pages.sent_forms import form_on

SIGN_IN = "/credentials/sign-in/"
PAGE = "/orgs/?worklist=&sort=name"
OWN = "a password of the tests"


@pytest.fixture
def browser(as_ana, sandbox):
    """Ana's, whose session with Catalyze has just ended."""
    put_customer(sandbox, "acme")
    see(as_ana, "acme")
    sandbox.expire_sessions("ana")
    as_ana.post("/orgs/acme/check/")
    return as_ana


@pytest.fixture
def renew(browser, sandbox):
    def send(page=PAGE, *, password=None, **more):
        form = form_on(browser.get(page), SIGN_IN)
        password = password or sandbox.users()["ana"]["password"]
        typed = {"sign_in-username": "ana", "sign_in-password": password}
        return browser.post(SIGN_IN, form | typed | more)

    return send


@pytest.mark.parametrize("page", ["/", PAGE, "/orgs/acme/", "/changes/", "/replies/de/card/"])
def test_a_page_asks_for_the_password_and_is_there_again(renew, browser, ana, page):
    ana.user_permissions.add(Permission.objects.get(codename="change_replytemplate"))

    renewed = renew(page)

    assert renewed.headers["Location"] == page
    assert "Your Catalyze session ended" not in browser.get(page).content.decode()
    assert Credentials.objects.get().state == "active"


def test_the_password_is_used_once_and_not_stored(renew, ana):
    renew()

    secrets = open_credentials(ana.pk).secrets
    assert (secrets.username, secrets.password) == ("", "")
    assert not Credentials.objects.get().renews_itself


def test_a_wrong_password_says_so_on_the_same_page(renew, browser):
    refused = renew(password="wrong")
    page = browser.get(refused.headers["Location"]).content.decode()

    assert refused.headers["Location"] == PAGE
    assert "Nothing was changed." in page
    assert "wrong" not in page.partition("<main")[2]
    assert "Your Catalyze session ended" in page


def test_wrong_passwords_are_counted_and_paused_as_on_the_page_of_credentials(renew, settings):
    settings.SIGN_IN_ATTEMPTS = 3

    statuses = [renew(password="wrong").status_code for _ in range(4)]

    assert statuses == [302, 302, 429, 429]
    assert SecurityEvent.objects.filter(code="credentials.paused").count() == 1


def test_to_store_the_password_ones_own_is_asked_for_and_the_page_is_not_forgotten(
    renew, browser, sandbox, ana
):
    let_pass(browser, 11)
    confirm = renew(**{"sign_in-keep": "on"})
    asked = form_on(confirm, SIGN_IN)
    once_more = browser.post(SIGN_IN, asked | {"own_password": OWN})
    form = form_on(once_more, SIGN_IN)
    password = sandbox.users()["ana"]["password"]
    done = browser.post(SIGN_IN, form | {"sign_in-password": password})

    assert "Confirm it’s you" in confirm.content.decode()
    assert done.headers["Location"] == PAGE
    assert open_credentials(ana.pk).secrets.can_renew


def test_by_script_the_answer_is_the_banner_alone(renew, browser):
    refused = renew(password="wrong", in_place="on").content.decode()
    renewed = renew(in_place="on").content.decode()

    assert "<main" not in refused + renewed
    assert "Nothing was changed." in refused
    assert "data-renew-form" in refused
    assert "Your session is valid." in renewed
    assert "data-renew-form" not in renewed


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_it_leads_to_no_other_site(renew, elsewhere):
    assert renew(next=elsewhere).headers["Location"] == "/credentials/"


def test_the_form_is_refused_without_its_token(browser):
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = browser.cookies

    assert forged.post(SIGN_IN, {"sign_in-username": "ana"}).status_code == 403


def test_on_the_page_of_credentials_its_own_form_is_the_only_one(browser):
    page = browser.get("/credentials/").content.decode()

    assert page.count(f'action="{SIGN_IN}"') == 1
    assert "Your Catalyze session ended" in page
