"""Credentials' status: the user's own on their page, everyone's on the operators' board."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from customers.models import Credentials
from customers.services.wording.formats import about_words
from tests.conftest import browser_of, make_staff
from tests.helpers.rows import API_KEY, give_credentials, show

TOKEN = "the token of ana alone"


@pytest.fixture
def operator(db):
    user = make_staff("olga")
    user.user_permissions.add(Permission.objects.get(codename="view_credentials"))
    return user


@pytest.fixture
def working(ana):
    """Ana's session, from an hour ago, with seventeen calls today."""
    give_credentials(ana, TOKEN)
    Credentials.objects.filter(user=ana).update(
        saved_at=timezone.now() - timedelta(hours=1),
        proved_at=timezone.now(),
        calls=17,
        calls_on=timezone.localdate(),
    )
    show(ana, "northwind", "Northwind Clinics", last4="9876")
    return Credentials.objects.get(user=ana)


def rows(browser):
    """The text of each row, by user name."""
    text = browser.get("/credentials/board/").content.decode()
    parts = text.split('<th scope="row">')[1:]
    return {part.split("<")[0]: part.split("</tr>")[0] for part in parts}


def test_the_board_says_how_everybodys_credentials_do(operator, ana, working):
    until = about_words(working.saved_at + timedelta(hours=24))

    row = rows(browser_of(operator))["ana"]

    for told in ("Working", "just now", "never", until, ">17<", ">1<"):
        assert told in row, told


def test_the_board_shows_no_secret_and_no_billing(operator, ana, working):
    text = browser_of(operator).get("/credentials/board/").content.decode()

    for kept in (API_KEY, TOKEN, "northwind", "Northwind", "9876"):
        assert kept not in text


def test_ended_sessions_come_first_and_missing_ones_last(operator, ana, ben, working):
    give_credentials(ben)
    Credentials.objects.filter(user=ben).update(
        state="expired", expired_at=timezone.now(), refused_at=timezone.now()
    )

    assert list(rows(browser_of(operator))) == ["ben", "ana", "olga"]


def test_no_end_is_predicted_when_it_is_unknown(operator, ana, working):
    Credentials.objects.update(renews_itself=True)
    assert "renews automatically" in rows(browser_of(operator))["ana"]

    long_ago = timezone.now() - timedelta(hours=25)
    Credentials.objects.update(renews_itself=False, saved_at=long_ago)
    assert "unknown" in rows(browser_of(operator))["ana"]


def test_support_staff_are_not_shown_the_board(ana, working):
    assert browser_of(ana).get("/credentials/board/").status_code == 403
    assert "/credentials/board/" not in browser_of(ana).get("/").content.decode()


def test_superusers_find_the_board_in_their_menu(ana, working):
    chief = User.objects.create_superuser("chief")

    assert "/credentials/board/" in browser_of(chief).get("/").content.decode()


def test_a_long_board_has_pages(operator):
    for number in range(60):
        make_staff(f"user-{number:02}")

    first, second = (
        browser_of(operator).get(f"/credentials/board/?page={page}").content.decode()
        for page in (1, 2)
    )

    assert "user-01" in first
    assert "user-59" not in first
    assert "user-59" in second
    assert "user-01" not in second


def test_ones_own_page_says_the_same(ana, working):
    text = browser_of(ana).get("/credentials/").content.decode()

    until = about_words(working.saved_at + timedelta(hours=24))
    for told in (f"<dd>{until}</dd>", "<dd>17</dd>", "<dd>1 · ", "Last rejected"):
        assert told in text, told


def test_the_overview_says_until_when_the_session_works(ana, working):
    until = about_words(working.saved_at + timedelta(hours=24))

    assert f"Catalyze session valid until {until}" in browser_of(ana).get("/").content.decode()


def test_a_session_in_trouble_promises_nothing_on_the_overview(ana, working):
    Credentials.objects.update(state="expired", expired_at=timezone.now())

    text = browser_of(ana).get("/").content.decode()

    assert "valid until" not in text
    assert "Sign in again" in text
