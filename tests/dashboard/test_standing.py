"""Every page says that one's Catalyze session ended or that Catalyze is silent, and since when;
never one for the other."""

import html

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from customers.models import CatalyzeSilence, Credentials
from customers.services.wording.formats import moment_words
from tests.conftest import make_staff
from tests.helpers.accounts.codes import set_up, signed_in_by_password
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.rows import ago

ENDED, SILENT = "Your Catalyze session ended", "Catalyze has not answered since"
PAGES = ("/", "/orgs/", "/orgs/acme/", "/changes/", "/credentials/", "/keys/", "/sign-ins/")
UNREACHABLE = "http://127.0.0.1:9"  # nothing listens there


@pytest.fixture
def browser(as_ana, sandbox):
    for name in ("acme", "birch"):
        put_customer(sandbox, name, payment=("ana", "ben"))
    see(as_ana, "acme", "birch")
    return as_ana


def said(answer):
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def content(answer):
    return said(answer).partition("<main")[2].partition("</main>")[0]


def both(browser, page="/orgs/"):
    """Whether the page says the one, and the other."""
    text = said(browser.get(page))
    return ENDED in text, SILENT in text


def check(browser, org_id="acme"):
    return browser.post(f"/orgs/{org_id}/check/", follow=True)


def check_two(browser):
    check(browser)
    return check(browser, "birch")


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_that_the_session_ended(browser, sandbox, page):
    before = both(browser, page)
    sandbox.expire_sessions("ana")
    check(browser)
    Credentials.objects.update(expired_at=ago(35))

    assert before == (False, False)
    assert both(browser, page) == (True, False)
    assert f"{ENDED} 35 minutes ago." in said(browser.get(page))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("fault", ["503", "500"])
def test_each_page_says_that_catalyze_is_silent(browser, sandbox, page, fault):
    sandbox.set_fault(fault)
    check_two(browser)
    since = ago(35)
    CatalyzeSilence.objects.update(since=since)

    assert both(browser, page) == (False, True)
    assert f"{SILENT} {moment_words(since)}." in said(browser.get(page))


def test_who_cannot_be_reached_is_silent_to_everybody(browser, as_ben, settings):
    settings.CATALYZE_BASE_URL = UNREACHABLE
    check_two(browser)

    assert both(browser) == both(as_ben) == (False, True)


def test_an_ended_session_is_anas_alone(browser, as_ben, sandbox):
    sandbox.expire_sessions("ana")
    check(browser)

    assert (both(browser), both(as_ben)) == ((True, False), (False, False))


def test_it_is_silent_since_the_first_try_and_until_anybody_gets_an_answer(
    browser, as_ben, sandbox
):
    sandbox.set_fault("503")
    check_two(browser)
    CatalyzeSilence.objects.update(since=ago(9), tried_at=ago(8))
    check(browser, "birch")
    silence = CatalyzeSilence.objects.get()

    sandbox.clear_faults()
    check(as_ben)

    assert silence.since < ago(8) < silence.tried_at
    assert both(browser) == (False, False)


@pytest.mark.parametrize("answer", ["401", "403", "404", "429", "rate-limit-400"])
def test_whatever_else_catalyze_answers_is_no_silence(browser, sandbox, answer):
    if answer == "401":
        sandbox.expire_sessions("ana")
    elif answer == "403":
        put_customer(sandbox, "acme", payment=("ben",))
    elif answer == "404":
        browser.get("/orgs/nowhere/")
    else:
        sandbox.set_fault(answer)
        check(browser, "birch")
    check(browser)

    assert both(browser) == (answer == "401", False)


def test_one_organization_that_fails_among_others_is_no_silence(browser, sandbox):
    sandbox.set_fault("500", org="birch")

    browser.post("/check-selected/", {"org": ["acme", "birch"]})

    assert both(browser) == (False, False)


def test_one_organization_that_fails_again_and_again_is_no_silence(browser, as_ben, sandbox):
    sandbox.set_fault("503", org="birch")
    for person in (browser, as_ben):
        check(person, "birch")
    after_one = both(browser)

    sandbox.set_fault("503")
    check(browser, "acme")

    assert after_one == (False, False)
    assert both(browser) == (False, True)


def test_a_try_long_ago_says_nothing_of_now(browser, sandbox):
    sandbox.set_fault("503")
    check_two(browser)
    CatalyzeSilence.objects.update(since=ago(40), tried_at=ago(16))

    assert both(browser) == (False, False)


def test_a_session_that_ended_before_the_silence_is_said_beside_it(browser, sandbox, as_ben):
    sandbox.expire_sessions("ana")
    check(browser)
    sandbox.set_fault("503")
    check_two(as_ben)

    assert (both(browser), both(as_ben)) == ((True, True), (False, True))


def test_a_session_that_renews_itself_has_not_ended(browser):
    Credentials.objects.update(state="expired", expired_at=ago(5), renews_itself=True)

    assert both(browser) == (False, False)


def test_a_sign_in_that_is_answered_ends_the_silence(browser, sandbox):
    CatalyzeSilence.objects.create(pk=1, since=ago(5), tried_at=ago(1))

    browser.post("/credentials/test/")

    assert both(browser) == (False, False)


def test_a_sign_in_that_is_not_answered_begins_it(browser, settings):
    settings.CATALYZE_BASE_URL = UNREACHABLE

    browser.post("/credentials/test/")

    assert both(browser) == (False, True)


def test_the_page_of_an_organization_says_it_once(browser, sandbox):
    sandbox.expire_sessions("ana")

    ended = content(check(browser))

    assert ended.count("Showing the last known state") == 1
    assert ended.count("session ended") + ended.count("session has ended") == 1


def test_the_page_of_an_organization_says_a_silence_once_with_its_reason(browser, sandbox):
    sandbox.set_fault("500")

    silent = content(check_two(browser))

    assert silent.count("Showing the last known state") == 1
    assert "Catalyze had an internal error (500)." in silent


def test_a_page_pays_one_statement_for_it(browser, sandbox):
    with CaptureQueriesContext(connection) as asked:
        browser.get("/keys/")

    told = [query["sql"] for query in asked if "catalyzesilence" in query["sql"]]
    assert len(told) == 1
    assert len([query for query in asked if "customers_credentials" in query["sql"]]) == 1


def test_who_has_no_credentials_is_told_neither(sandbox, db):
    client = signed_in_by_password(make_staff("cleo").username)

    assert both(client) == (False, False)


def test_before_the_second_factor_nothing_is_said(browser, sandbox, signed_in_ana):
    sandbox.expire_sessions("ana")
    check(browser)
    set_up(signed_in_ana)

    text = said(signed_in_by_password().get("/second-factor/"))

    assert ENDED not in text


def test_the_back_office_says_it_too(browser, sandbox, signed_in_ana):
    signed_in_ana.user_permissions.add(Permission.objects.get(codename="view_organization"))
    sandbox.expire_sessions("ana")
    check(browser)

    assert both(browser, "/admin/") == (True, False)
    CatalyzeSilence.objects.create(pk=1, since=ago(5), tried_at=ago(1))
    assert both(browser, "/admin/customers/organization/") == (True, True)


def test_the_sign_in_page_says_neither(browser, sandbox, client):
    sandbox.set_fault("503")
    check_two(browser)

    assert both(client, "/admin/login/") == (False, False)
