"""A failed check says whether the user's session ended or Catalyze does not answer."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Credentials, Customer, SyncRun
from customers.models.last_error import error_columns
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.rows import ago, failure

FAULT = "Catalyze had an internal error (500)."


@pytest.fixture
def browser(as_ana, sandbox):
    """Ana's browser, which was shown two organizations an hour ago."""
    for name in ("acme", "birch"):
        put_customer(sandbox, name)
    see(as_ana, "acme", "birch")
    Credentials.objects.update(proves_since=ago(90))
    return as_ana


def make_old(**facts):
    last_month = timezone.localdate().replace(day=1) - timedelta(days=1)
    Customer.objects.update(
        checked_at=ago(60), attempted_at=ago(60), asked_at=ago(60), expires_on=last_month, **facts
    )


def said(answer) -> str:
    """The content of the page, or of the part that an in-place check returns."""
    assert answer.status_code == 200
    text = " ".join(html.unescape(answer.content.decode()).split())
    return text.rpartition("<main")[2]


def check_selected(browser):
    return browser.post("/check-selected/", {"org": ["acme", "birch"]}, follow=True)


def open_a_verified_list(browser):
    make_old()
    return browser.get("/orgs/?worklist=expired")


def check_in_place(browser):
    fingerprint = browser.get("/orgs/acme/").context["fingerprint"]
    return browser.post("/orgs/acme/check/", {"fingerprint": fingerprint, "in_place": "on"})


def check_and_stay(browser):
    return browser.post("/orgs/acme/check/", follow=True)


def retry_a_run(browser):
    make_old(**error_columns(failure("It was out of order.")))
    run = SyncRun.objects.create(
        started_at=ago(61), beat_at=ago(59), ended_at=ago(59), started_by="the tests", failed=2
    )
    return browser.post(f"/syncs/{run.pk}/retry/", follow=True)


CHECKS = [check_selected, open_a_verified_list, check_in_place, check_and_stay, retry_a_run]
each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)


@each_check
def test_an_ended_session_is_not_said_to_be_catalyzes_silence(browser, sandbox, check):
    sandbox.expire_sessions("ana")

    text = said(check(browser))
    assert "Your Catalyze session ended" in text
    assert "did not answer" not in text
    assert "has not answered" not in text


@each_check
def test_a_fault_of_catalyze_is_not_said_to_be_ones_session(browser, sandbox, check):
    sandbox.set_fault("500")

    text = said(check(browser))
    assert FAULT in text
    assert "session" not in text.replace("with your session", "")


def test_a_partial_check_shows_what_was_and_was_not_checked(browser, sandbox):
    sandbox.set_fault("500", org="birch")

    text = said(check_selected(browser))

    assert f"1 checked. 1 check failed: {FAULT} Showing the last known state." in text
