"""Several checks at once, as a page asks for them: what is counted, and what is left behind."""

import pytest
from django.db.backends.signals import connection_created
from django.utils import timezone

from customers.models import Customer, KeptFigures, KeyRateLimit
from customers.services.checking.check import check
from customers.services.checking.check_many import check_many
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


def test_an_ended_session_is_the_trouble_however_few_it_concerns(signed_in_ana, org_ids, sandbox):
    sandbox.expire_sessions("ana")
    for org_id in org_ids[2:]:
        sandbox.set_fault("500", org=org_id)

    counted = check_many(signed_in_ana, org_ids)

    assert counted == (0, 12, Message("session_not_accepted"))


def test_what_there_is_no_time_for_is_left_behind(signed_in_ana, org_ids, sandbox):
    counted = check_many(signed_in_ana, org_ids, within=1e-9)

    assert counted == (0, 12, Message("timed_out"))
    assert "customer" not in sandbox.counts()["calls"]


@pytest.mark.parametrize(
    "ask", [lambda ana, org_ids: check(ana, org_ids[0]), check_many], ids=["one", "many"]
)
def test_checks_take_their_turn_with_others_of_the_same_key(signed_in_ana, org_ids, settings, ask):
    settings.CATALYZE_MAX_RPS = 1000

    ask(signed_in_ana, org_ids)

    assert KeyRateLimit.objects.count() == 1


def test_a_check_forgets_figures_of_before(signed_in_ana, org_ids):
    KeptFigures.objects.create(
        user=signed_in_ana, kind="tiles", counted_at=timezone.now(), figures={}
    )

    check_many(signed_in_ana, org_ids[:1])

    assert not KeptFigures.objects.exists()


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
