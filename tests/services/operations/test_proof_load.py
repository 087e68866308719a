"""How many calls proofs of access need, how many an API key gives, and who is told."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from customers.models import Credentials, KeptFigures, KeyRateLimit, Organization
from customers.services.credentials import store as credentials
from customers.services.credentials.catalyze_client import key_hash
from customers.services.operations.proof_load import (
    proof_load,
    shortfall_remedy,
    shortfall_words,
)
from tests.conftest import browser_of, make_staff
from tests.helpers.commands import run
from tests.helpers.rows import API_KEY

OTHER_KEY = "browser others.invalid 0123456789abcdef"


@pytest.fixture
def desk(db, settings):
    """Five users with one API key and two with another, and ten organizations."""
    for number in range(7):
        key = API_KEY if number < 5 else OTHER_KEY
        credentials.save_pasted(make_staff(f"user-{number}"), key, f"token {number}")
    Organization.objects.bulk_create(Organization(org_id=f"org-{n}") for n in range(10))
    settings.ACCESS_PROOF_TTL = timedelta(seconds=20)


def slow(key, rate):
    KeyRateLimit.objects.create(
        key_hash=key_hash(key), free_from=timezone.now(), slow_rate=rate, full_rate=100
    )


@pytest.mark.parametrize(
    ("pace", "slowed", "needed", "possible", "fits", "is_slowed"),
    [
        (6, {}, 50, 60, True, False),
        (5, {}, 50, 50, True, False),
        (4.9, {}, 50, 49, False, False),
        (0, {}, 50, float("inf"), True, False),
        (6, {API_KEY: 4.5}, 50, 45, False, True),
        (6, {API_KEY: 8}, 50, 60, True, False),
        (0, {API_KEY: 4.5}, 50, 45, False, True),
        (6, {OTHER_KEY: 1.5}, 20, 15, False, True),
        (6, {API_KEY: 4.5, OTHER_KEY: 0.5}, 20, 5, False, True),
    ],
)
def test_the_key_nearest_its_limit_counts(
    desk, settings, pace, slowed, needed, possible, fits, is_slowed
):
    settings.CATALYZE_MAX_RPS = pace
    for key, rate in slowed.items():
        slow(key, rate)

    load = proof_load()

    assert (load.needed, load.possible, load.fits) == (needed, pytest.approx(possible), fits)
    assert load.is_slowed == is_slowed


def _ended(rows):
    rows.update(state=Credentials.State.EXPIRED)


def _inactive(rows):
    for row in rows:
        row.user.is_active = False
        row.user.save()


def _sealed_otherwise(rows):
    rows.update(sealed=b"nothing that opens")


@pytest.mark.parametrize("cannot_ask", [_ended, _inactive, _sealed_otherwise])
def test_who_cannot_ask_needs_no_calls(desk, settings, cannot_ask):
    settings.CATALYZE_MAX_RPS = 6
    cannot_ask(Credentials.objects.filter(user__username="user-0"))

    load = proof_load()

    assert (load.users, load.needed) == (4, 40)


def test_without_users_or_time_nothing_is_divided_by_zero(db, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 20, timedelta(0)

    assert proof_load().fits


def test_the_arithmetic_and_the_remedies_are_said(desk, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 0.001, timedelta(hours=24)

    load = proof_load()

    assert shortfall_words(load) == (
        "Not all proofs of access can be renewed in time. 5 users × 10 organizations need 50 calls "
        "every 12 hours. At 0.001 per second, their API key gives 43."
    )
    assert shortfall_remedy(load) == (
        "Raise CATALYZE_MAX_RPS, lengthen ACCESS_PROOF_TTL, let fewer users store credentials, or "
        "set ACCESS_PROOFS=listed."
    )


def test_a_key_that_catalyze_slowed_down_is_said_to_be(desk, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 20, timedelta(minutes=2)
    slow(API_KEY, 0.5)

    load = proof_load()

    assert shortfall_words(load).endswith(
        "At the 0.5 per second that Catalyze last allowed, their API key gives 30."
    )
    assert shortfall_remedy(load).startswith("Have Catalyze raise the rate limit of the key, ")


def test_a_sync_says_so_and_does_not_fail(signed_in_ana, sandbox, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 20, timedelta(seconds=0.1)
    Organization.objects.bulk_create(Organization(org_id=f"org-{n}") for n in range(3))

    plenty = run("sync_customers", "--max-rps=1000")
    dry = run("sync_customers", "--dry-run")
    short = run("sync_customers")

    assert (plenty.code, plenty.err) == (0, "")
    for ran in (dry, short):
        assert ran.code == 0
        assert "1 user × 3 organizations need 3 calls every" in ran.err
        assert "API key gives 1. Raise CATALYZE_MAX_RPS" in ran.err


def test_the_overview_says_so_to_those_who_watch_syncs(desk, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 0.001, timedelta(hours=24)
    watches, other = (User.objects.get(username=f"user-{number}") for number in range(2))
    other.groups.clear()
    other.user_permissions.add(Permission.objects.get(codename="view_customer"))

    pages = [browser_of(user).get("/").content.decode() for user in (watches, other)]

    assert ["5 users × 10 organizations need 50 calls" in page for page in pages] == [True, False]
    with_german = browser_of(watches).get("/", headers={"accept-language": "de"})
    assert "ACCESS_PROOF_TTL verlängern" in with_german.content.decode()
    settings.CATALYZE_MAX_RPS = 20
    KeptFigures.objects.all().delete()
    assert "users × 10 organizations" not in browser_of(watches).get("/").content.decode()
