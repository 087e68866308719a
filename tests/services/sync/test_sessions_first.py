"""Sessions that a sync under ACCESS_PROOFS=listed verifies before it asks with them."""

import pytest

from customers.models import Credentials, SyncRun
from customers.services.credentials import store as credentials
from customers.services.sync.credential_pool import CredentialPool
from customers.services.sync.report import Options
from customers.upstream.client import CatalyzeClient
from customers.upstream.errors import Unavailable
from customers.upstream.message import Message
from tests.conftest import make_staff, sign_in_upstream
from tests.helpers.access.lists import LISTED
from tests.helpers.access.visible import sees
from tests.helpers.rows import ago
from tests.helpers.sync.runs import calls, run, sync_of

SIX = {f"org-{number}" for number in range(6)}


def idle(*users):
    """Signed in, and not used for half of ACCESS_PROOF_TTL."""
    Credentials.objects.filter(user__in=users).update(proved_at=ago(60 * 37))


def verified(sandbox):
    return sandbox.counts()["calls"].get("verify", {})


def with_sessions(sandbox, count):
    """So many users whose pasted sessions were never verified."""
    users = [make_staff(f"user-{number}") for number in range(count)]
    for user in users:
        credentials.save_pasted(user, sandbox.api_key, sandbox.sign_in("ben"))
    return users


@pytest.fixture
def ana(settings, ana, six):
    """She has opted into renewals."""
    settings.ACCESS_PROOFS = LISTED
    sign_in_upstream(ana, six, keep=True)
    return ana


def test_an_ended_session_is_renewed_before_the_run(ana, six):
    idle(ana)
    six.expire_sessions("ana")

    report = run(ana)

    assert (report.counts, report.troubles, report.verified) == ({"card": 6}, {}, 1)
    assert six.counts()["calls"]["signin"] == {"200": 2}
    assert sees(ana) == SIX


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"status": 429}, {"status": 200, "body": "{}"}], ids=str
)
def test_a_renewal_that_is_not_answered_is_a_trouble_of_the_run(ana, signed_in_ben, six, fault):
    idle(ana)
    six.expire_sessions("ana")
    six.set_fault("status", route="signin", **fault)

    report = run(ana, signed_in_ben)

    assert report.counts == {"card": 6}
    assert report.troubles == {Message("session_not_accepted"): 1}
    assert SyncRun.objects.get().ending == "failures"
    assert sees(signed_in_ben) == SIX


def test_renewals_that_are_not_answered_are_not_waited_for_once_per_user(ana, six):
    users = [ana, *(make_staff(f"user-{number}") for number in range(5))]
    for user in users:
        password = six.users()["ben"]["password"]
        credentials.sign_in(user, "ben", password, six.api_key, keep=True)
    idle(*users)
    six.expire_sessions()
    six.set_fault("status", route="signin", status=503)
    before = six.counts()["calls"]["signin"]["200"]

    troubles = CredentialPool(Options(tuple(user.pk for user in users))).open()

    assert troubles == [Message("session_not_accepted")] * 3
    assert six.counts()["calls"]["signin"] == {"200": before, "503": 3}


@pytest.mark.parametrize("proofs", [LISTED, "own"])
def test_a_catalyze_that_does_not_answer_is_not_waited_for_once_per_user(
    ana, six, settings, proofs
):
    settings.CATALYZE_DEADLINE = 0.2
    settings.ACCESS_PROOFS = proofs
    six.set_fault("503", route="verify")

    report = run(ana, *with_sessions(six, 6))

    assert report.verified == (3 if proofs == LISTED else 0)
    assert 3 <= sum(verified(six).values()) <= 6  # each call may be made again within its deadline
    assert report.counts == {"card": 6}


def test_sessions_are_verified_while_every_third_is_answered(ana, six, monkeypatch):
    def verify(client, secrets):
        asked.append(secrets)
        if len(asked) % 3:
            raise Unavailable("timed_out")
        return "an id"

    asked = []
    users = tuple(user.pk for user in with_sessions(six, 7))
    monkeypatch.setattr(CatalyzeClient, "verify_session", verify)
    pool = CredentialPool(Options(users))

    assert pool.open() == []
    assert (pool.usable_by, pool.verified, len(asked)) == (users, 7, 7)


def test_a_run_that_is_stopped_verifies_no_more_sessions(ana, six):
    idle(ana)
    sync = sync_of(ana)
    sync.stop()

    report = sync.run()

    assert (report.was_stopped, report.verified, verified(six), calls(six)) == (True, 0, {}, {})
