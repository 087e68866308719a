"""`export_access` says who may see what and since when, for an auditor."""

import csv
import io
import tracemalloc
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from customers.models import Access, ApiToken, Credentials, OidcIdentity, Organization
from customers.services.accounts.permission_changes import recording_permissions
from customers.services.operations.access_review import ACCESS_COLUMNS, export_access
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.commands import run
from tests.helpers.rows import ago, give_credentials

UNKNOWN = dict.fromkeys(ACCESS_COLUMNS)


def rights(*arguments):
    """What is known of each right, as (user, right, name)."""
    ran = run("export_access", "--format=jsonl", *arguments)
    assert (ran.code, ran.err) == (0, "")
    found = {}
    for row in ran.objects:
        assert list(row) == list(ACCESS_COLUMNS)
        key = row["username"], row["right"], row["name"]
        assert key not in found
        found[key] = {name: value for name, value in row.items() if value is not None}
    return found


def prove(user, org_id, minutes, **more):
    organization, _ = Organization.objects.get_or_create(org_id=org_id)
    proved = {"state": Access.State.GRANTED, "proved_at": ago(minutes)} | more
    Access.objects.create(user=user, organization=organization, **proved)


def test_an_account_and_what_it_may_do(ana):
    User.objects.filter(pk=ana.pk).update(last_login=ago(5), first_name="Ana", last_name="Diaz")

    found = rights()

    account = found["ana", "account", "Ana Diaz"]
    assert (account["is_active"], account["state"]) == (True, "opens pages")
    assert datetime.fromisoformat(account["last_used_at"]) < timezone.now()
    assert account["detail"] == "password"
    assert ("ana", "staff", None) in found
    assert ("ana", "superuser", None) not in found
    assert "view_customer" in found["ana", "group", "Support"]["detail"].split()


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "opens pages"),
        ({"is_active": False}, "inactive"),
        ({"is_staff": False}, "opens no page"),
    ],
)
def test_who_cannot_open_a_page_is_listed_as_such(ana, changes, state):
    User.objects.filter(pk=ana.pk).update(**changes)

    account = rights()["ana", "account", None]

    assert account["state"] == state
    assert account["is_active"] == changes.get("is_active", True)


def test_since_when_somebody_has_a_right_is_told_by_the_events(ana):
    group = Group.objects.create(name="Back office")
    permission = Permission.objects.get(codename="view_disclosure")
    for joins in (True, False, True):
        before = timezone.now()
        with recording_permissions(ana):
            ana.groups.set([group] if joins else [])
            ana.user_permissions.set([permission] if joins else [])
            User.objects.filter(pk=ana.pk).update(is_superuser=joins)

    found = rights()

    for key in (
        ("ana", "group", "Back office"),
        ("ana", "permission", "customers.view_disclosure"),
        ("ana", "superuser", None),
    ):
        assert before <= datetime.fromisoformat(found[key]["since"]) <= timezone.now()
    assert "since" not in found["ana", "staff", None]


def test_tokens_are_named_and_never_shown(ana):
    text = give_token(ana, "read", "history", name="nightly", addresses=["192.0.2.0/24"])
    give_token(ana, "check", name="old")
    ApiToken.objects.filter(name="old").update(revoked_at=ago(5))
    row = ApiToken.objects.get(name="nightly")

    found = rights()
    out = run("export_access").out

    nightly = found["ana", "API token", "nightly"]
    assert (nightly["state"], nightly["until"]) == ("active", row.expires_at.isoformat())
    assert nightly["detail"] == "read history, only from 192.0.2.0/24"
    assert "last_used_at" not in nightly
    assert found["ana", "API token", "old"]["state"] == "revoked"
    assert text not in out
    assert row.digest not in out


def test_the_second_factor_and_the_session_at_catalyze(ana, ben):
    TOTPDevice.objects.create(user=ana, name="authenticator", key="ab" * 20, confirmed=True)
    TOTPDevice.objects.create(user=ben, name="begun", key="cd" * 20, confirmed=False)
    give_credentials(ana)
    Credentials.objects.update(users_id="users-7")

    found = rights()
    out = run("export_access").out

    assert found["ana", "second factor", "authenticator"]["since"]
    assert not [key for key in found if key[:2] == ("ben", "second factor")]
    session = found["ana", "Catalyze session", "users-7"]
    assert session["state"] == "active"
    assert "ab" * 20 not in out
    assert "a token of the tests" not in out


def test_who_somebody_is_at_the_provider(ana, settings):
    OidcIdentity.objects.create(
        user=ana, issuer="https://id.example.com", subject="s-7", linked_at=ago(60)
    )
    settings.LOCAL_SIGN_IN = "off"

    found = rights()

    assert found["ana", "single sign-on", "s-7"]["detail"] == "https://id.example.com"
    assert found["ana", "account", None]["detail"] == "no password"


def test_organizations_are_counted_and_named_on_request(ana, ben, settings):
    for user in (ana, ben):
        give_credentials(user)
    prove(ana, "north", 10, customer_sent_at=ago(10))
    prove(ana, "south", 5)
    # Sent to credentials that were replaced since, which is shown to nobody.
    prove(ana, "west", 5, customer_sent_at=ago(2 * 24 * 60))
    Credentials.objects.filter(user=ana).update(proves_since=ago(24 * 60))
    prove(ana, "denied", 5, state=Access.State.DENIED)
    prove(ana, "long-ago", 4 * 24 * 60)

    counted, named = rights(), rights("--proofs", "--user=ana")

    count = counted["ana", "organizations", None]
    assert count["count"] == 3
    latest = datetime.fromisoformat(count["until"]) - settings.ACCESS_PROOF_TTL
    assert abs(latest - ago(5)) < timedelta(minutes=1)
    assert not [key for key in counted if key[1] == "organization"]
    assert ("ben", "organizations", None) not in counted
    states = {key[2]: row["state"] for key, row in named.items() if key[1] == "organization"}
    assert states == {"north": "customer", "south": "not set up", "west": "not set up"}
    assert {key[0] for key in named} == {"ana"}


def test_a_user_without_credentials_sees_none(ana):
    prove(ana, "north", 10)

    assert ("ana", "organizations", None) not in rights("--proofs")


def test_nobody_is_asked_about_who_does_not_exist(db):
    ran = run("export_access", "--user=nobody")

    assert (ran.code, ran.out) == (1, "")
    assert "There is no user 'nobody'" in ran.err


def test_a_name_is_no_formula(ana):
    User.objects.filter(pk=ana.pk).update(username="=ana", first_name="@cmd")

    rows = list(csv.DictReader(io.StringIO(run("export_access").out, newline="")))

    assert {row["username"] for row in rows} == {"'=ana"}
    assert rows[0]["name"] == "'@cmd"
    assert (rows[0]["is_active"], rows[1]["right"]) == ("true", "staff")


def test_memory_does_not_grow_with_what_is_written(ana):
    give_credentials(ana)
    made = Organization.objects.bulk_create(Organization(org_id=f"o-{n}") for n in range(12_000))
    Access.objects.bulk_create(
        Access(user=ana, organization=one, state=Access.State.GRANTED, proved_at=timezone.now())
        for one in made
    )
    del made
    lines = export_access("jsonl", with_organizations=True)
    next(lines)

    tracemalloc.start()
    written = sum(map(len, lines))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert written > 2_000_000
    assert most < written
