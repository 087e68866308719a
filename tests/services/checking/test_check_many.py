"""Several checks at once, as a page asks for them: what is counted, and what is left behind."""

import pytest
from django.db.backends.signals import connection_created

from customers.models import Customer
from customers.services.checking.check import check_many
from customers.services.credentials.store import CredentialsUnusable
from customers.upstream.message import Message
from tests.conftest import sign_in_upstream
from tests.helpers.rows import make_organization


@pytest.fixture
def org_ids(sandbox, db):
    """Twelve organizations that the portal and the sandbox know, and that Ana may see."""
    org_ids = [organization["org_id"] for organization in sandbox.organizations()[:12]]
    for org_id in org_ids:
        make_organization(org_id)
    return org_ids


@pytest.fixture
def opened_connections():
    """The database connections that are opened during the test."""
    opened = []

    def note(connection, **_):
        opened.append(connection)

    connection_created.connect(note)
    yield opened
    connection_created.disconnect(note)


def test_without_credentials_nothing_is_asked(ana, org_ids, sandbox):
    with pytest.raises(CredentialsUnusable):
        check_many(ana, org_ids)

    assert sandbox.counts()["total"] == 0


def test_nothing_to_check_is_no_trouble(signed_in_ana):
    assert check_many(signed_in_ana, []) == (0, 0, Message())


def test_what_could_not_be_checked_is_counted_and_the_rest_is_stored(
    signed_in_ana, org_ids, sandbox
):
    sandbox.set_fault("500", org=org_ids[0])

    counted = check_many(signed_in_ana, org_ids)

    assert counted == (11, 1, Message.of("server_fault", status=500))
    assert Customer.objects.exclude(state="unchecked").count() == 11
    assert Customer.objects.exclude(last_error_code="").count() == 1


def test_each_is_asked_about_once(signed_in_ana, org_ids, sandbox):
    check_many(signed_in_ana, org_ids)

    assert sandbox.counts()["calls"]["customer"] == {"200": 12}
    assert sandbox.counts()["max_concurrent"] <= 8


@pytest.mark.django_db(transaction=True)
def test_an_ended_session_is_renewed_once(ana, org_ids, sandbox):
    sign_in_upstream(ana, sandbox, keep=True)
    sandbox.expire_sessions("ana")

    counted = check_many(ana, org_ids)

    assert counted == (12, 0, Message())
    assert sandbox.counts()["calls"]["signin"] == {"200": 2}


@pytest.mark.django_db(transaction=True)
def test_no_thread_leaves_a_database_connection_open(ana, org_ids, sandbox, opened_connections):
    sign_in_upstream(ana, sandbox, keep=True)
    sandbox.expire_sessions("ana")
    opened_connections.clear()

    check_many(ana, org_ids)

    assert opened_connections
    assert not [made for made in opened_connections if made.connection is not None]
