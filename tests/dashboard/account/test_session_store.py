"""Session keys are not in the database, and all sessions of a user can be ended."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from customers.models import PortalSession
from customers.services.accounts.session_store import SessionStore, end_sessions
from tests.conftest import browser_of

pytestmark = pytest.mark.django_db


def new_session(**data):
    session = SessionStore()
    session.update(data)
    session.save()
    return session


def everything_stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM customers_portalsession")
        return repr(cursor.fetchall())


def test_the_key_of_the_cookie_is_not_in_the_database(ana):
    client = browser_of(ana)
    key = client.cookies["sessionid"].value

    assert PortalSession.objects.count() == 1
    assert key not in everything_stored()


def test_what_the_database_holds_is_no_key(ana):
    browser_of(ana)
    thief = Client()
    thief.cookies["sessionid"] = PortalSession.objects.get().session_key

    assert thief.get("/credentials/").status_code == 302


def test_what_the_database_holds_is_another_under_another_secret_key(settings):
    session = new_session(a=1)
    settings.SECRET_KEY = "another secret key, of which this test knows"

    assert not SessionStore().exists(session.session_key)


def test_a_session_is_read_and_written_under_its_key():
    session = new_session(a=1)

    again = SessionStore(session.session_key)
    again["b"] = 2
    again.save()

    assert dict(SessionStore(session.session_key).items()) == {"a": 1, "b": 2}
    assert PortalSession.objects.count() == 1


def test_an_unknown_key_is_not_taken_over():
    session = SessionStore("a key that a stranger has chosen")

    assert dict(session.items()) == {}
    assert session.session_key is None


def test_an_expired_session_is_not_read():
    session = new_session(a=1)
    PortalSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    assert dict(SessionStore(session.session_key).items()) == {}


def test_a_renewed_key_ends_the_former():
    session = new_session(a=1)
    former = session.session_key

    session.cycle_key()
    session.save()

    assert session.session_key != former
    assert not session.exists(former)
    assert dict(SessionStore(session.session_key).items()) == {"a": 1}
    assert PortalSession.objects.count() == 1


def test_a_flushed_session_is_gone():
    session = new_session(a=1)
    key = session.session_key

    session.flush()

    assert session.session_key is None
    assert not SessionStore().exists(key)
    assert not PortalSession.objects.exists()


def test_a_session_is_deleted_by_its_key():
    kept, gone = new_session(), new_session()

    SessionStore().delete(gone.session_key)
    SessionStore().delete("no such key")

    assert SessionStore().exists(kept.session_key)
    assert not SessionStore().exists(gone.session_key)


def test_a_key_that_is_taken_is_not_created_again():
    session = new_session(a=1)

    with pytest.raises(CreateError):
        SessionStore(session.session_key).save(must_create=True)


def test_a_page_that_is_late_does_not_bring_an_ended_session_back():
    session = new_session(a=1)
    late = SessionStore(session.session_key)
    late["b"] = 2
    session.flush()

    with pytest.raises(UpdateError):
        late.save()
    assert not PortalSession.objects.exists()


def test_clearsessions_removes_what_has_expired():
    kept, expired = new_session(), new_session()
    rows = PortalSession.objects.filter(session_key=expired.session_key)
    rows.update(expire_date=timezone.now() - timedelta(seconds=1))

    call_command("clearsessions")

    assert SessionStore().exists(kept.session_key)
    assert PortalSession.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_holds_without_waiting():
    async def run():
        session = SessionStore()
        await session.aset("a", 1)
        await session.asave()
        former = session.session_key
        await session.acycle_key()
        await session.asave()
        key = session.session_key
        read = dict(await SessionStore(key).aitems())
        found = (await session.aexists(former), await session.aexists(key))
        await session.aflush()
        return former, key, read, found, await session.aexists(key)

    def run_to_the_end():
        try:
            return async_to_sync(run)()
        finally:
            connections.close_all()

    # In a thread: an earlier test may have left a browser's event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        former, key, read, found, is_left = thread.submit(run_to_the_end).result()

    assert key != former
    assert read == {"a": 1}
    assert found == (False, True)
    assert not is_left


def test_a_session_says_whose_it_is(ana):
    anonymous = new_session(a=1)
    session = browser_of(ana).session

    whose = dict(PortalSession.objects.values_list("user_id", "session_data"))

    assert whose.keys() == {None, ana.pk}
    assert session[SESSION_KEY] == str(ana.pk)
    assert anonymous.exists(anonymous.session_key)


def test_all_sessions_of_a_user_end_but_the_one_that_is_named(ana, ben):
    here, elsewhere, bens = browser_of(ana), browser_of(ana), browser_of(ben)

    ended = end_sessions(ana.pk, but=here.session.session_key)

    assert ended == 1
    assert [client.get("/credentials/").status_code for client in (here, elsewhere, bens)] == [
        200,
        302,
        200,
    ]
    assert end_sessions(ana.pk) == 1
    assert here.get("/credentials/").status_code == 302


def test_signing_out_leaves_no_row(ana):
    client = browser_of(ana)

    client.post("/admin/logout/")

    assert not PortalSession.objects.filter(user_id=ana.pk).exists()
