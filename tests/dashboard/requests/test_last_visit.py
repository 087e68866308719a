"""What “since your last visit” begins with: the last request of the session before this one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from customers.models import LastVisit
from customers.services.accounts.last_visit import last_visit_of, note_visit
from tests.conftest import browser_of
from tests.helpers.accounts.codes import let_pass
from tests.helpers.rows import ago


def age(minutes: float) -> None:
    """Make the visits older, as time does."""
    for row in LastVisit.objects.all():
        row.session_began_at -= timedelta(minutes=minutes)
        row.last_request_at -= timedelta(minutes=minutes)
        row.save()


def last_request_at():
    return LastVisit.objects.get().last_request_at


def test_a_first_session_has_no_visit_before_it(ana):
    browser_of(ana).get("/credentials/")

    assert last_visit_of(ana) is None


def test_the_next_session_begins_where_the_last_request_of_the_former_ended(ana):
    browser_of(ana).get("/credentials/")
    age(90)
    former = last_request_at()
    client = browser_of(ana)

    client.get("/credentials/")
    first = last_visit_of(ana)
    let_pass(client, 5)
    client.get("/changes/")

    assert first == last_visit_of(ana) == former
    assert last_request_at() > ago(1)


def test_requests_move_it_once_a_minute(ana):
    client = browser_of(ana)
    client.get("/credentials/")
    age(0.5)
    noted = last_request_at()

    client.get("/credentials/")
    unmoved = last_request_at()
    let_pass(client, 2)
    client.get("/credentials/")

    assert unmoved == noted < last_request_at()


def test_an_older_session_that_is_still_open_begins_no_visit(ana):
    old, now = browser_of(ana), browser_of(ana)
    old.get("/credentials/")
    age(10)
    let_pass(old, 10)
    former = last_request_at()
    now.get("/credentials/")

    old.get("/credentials/")
    let_pass(now, 2)
    now.get("/credentials/")

    assert last_visit_of(ana) == former


def test_a_request_that_finds_its_session_ended_is_no_visit(ana):
    client = browser_of(ana)
    client.get("/credentials/")
    age(61)
    let_pass(client, 61)
    noted = last_request_at()

    client.get("/credentials/")

    assert last_request_at() == noted


def test_each_user_has_their_own(ana, ben):
    note_visit(ana, ago(60), ago(50))
    note_visit(ana, ago(20), ago(10))

    note_visit(ben, ago(5), ago(4))

    assert last_visit_of(ben) is None
    assert last_visit_of(ana) is not None


@pytest.mark.django_db(transaction=True)
def test_it_is_deleted_with_the_user(ana):
    note_visit(ana, ago(60), ago(50))

    User.objects.get(pk=ana.pk).delete()

    assert not LastVisit.objects.exists()
