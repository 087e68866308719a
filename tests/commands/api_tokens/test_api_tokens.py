"""`create_api_token`, `list_api_tokens` and `revoke_api_token`."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from customers.models import ApiToken, SecurityEvent
from customers.services.tokens.authenticate import TokenRefused, authenticate
from tests.helpers.accounts.api_tokens import give_token
from tests.helpers.commands import run

CREATE = ("create_api_token", "ana", "--name=nightly", "--scope=read", "--expires=7d")


def test_the_token_is_alone_on_stdout_and_works(ana):
    ran = run(*CREATE, "--scope=check", "--address=192.0.2.0/24", "--address=2001:db8::/32")

    (token,) = ran.out.splitlines()
    assert (ran.code, token[:4]) == (0, "bpt_")
    assert "is valid until" in ran.err
    assert token not in ran.err
    caller = authenticate(token, "2001:db8::7")
    assert (caller.user, caller.token_name, caller.scopes) == (ana, "nightly", {"read", "check"})
    assert SecurityEvent.objects.get().code == "token.created"


def test_each_run_creates_another(ana):
    assert run(*CREATE).out != run(*CREATE).out
    assert ApiToken.objects.count() == 2


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--name=",), "--name must have 1 to 100 characters."),
        (("--name=\u200b",), "--name must have 1 to 100 characters."),
        ((f"--name={101 * 'x'}",), "--name must have 1 to 100 characters."),
        (("--scope=write",), "invalid choice: 'write'"),
        (("--expires=91d",), "--expires must be more than 0s and at most 90 days"),
        (("--expires=0s",), "--expires must be more than 0s and at most 90 days"),
        (("--expires=soon",), "'soon' is not a duration"),
        (("--address=10.0.0.1/8",), "--address '10.0.0.1/8' is not an IP address or network."),
        (tuple(f"--address=192.0.2.{n}" for n in range(21)), "can be repeated up to 20 times"),
    ],
)
def test_what_cannot_be_is_said_and_creates_nothing(ana, arguments, sentence):
    ran = run(*CREATE, *arguments)

    assert (ran.code, ran.out) == (1, "")
    assert sentence in ran.err
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("missing", ["--name", "--scope", "--expires"])
def test_nothing_is_left_to_a_default(ana, missing):
    ran = run(*(part for part in CREATE if not part.startswith(missing)))

    assert (ran.code, ran.out) == (1, "")
    assert f"required: {missing}" in ran.err


def test_no_token_is_created_for_whoever_may_not_open_pages(ana):
    ana.groups.clear()

    ran = run(*CREATE)

    assert (ran.code, ran.out) == (1, "")
    assert "ana may not open pages" in ran.err


def test_the_list_has_a_line_for_each(ana, ben):
    token = give_token(ana, "read", name="nightly", addresses=["192.0.2.0/24", "10.0.0.0/8"])
    give_token(ben, "read", "history", name="side panel")
    authenticate(token, "10.1.2.3")

    everything, anas = run("list_api_tokens"), run("list_api_tokens", "--user=ana")

    assert len(everything.out.splitlines()) == 2
    assert "ben, “side panel”, read history, active, expires " in everything.out
    assert everything.out.splitlines()[0].endswith(", never used")
    assert anas.out == everything.out.splitlines()[1] + "\n"
    assert anas.out.endswith(", only from 192.0.2.0/24 10.0.0.0/8\n")
    assert ", last used " in anas.out


def test_the_list_as_json_says_how_each_stands(ana):
    for name, facts in {
        "revoked": {"revoked_at": timezone.now()},
        "expired": {"expires_at": timezone.now() - timedelta(days=1)},
        "active": {},
    }.items():
        give_token(ana, "read", name=name)
        ApiToken.objects.filter(name=name).update(**facts)

    ran = run("list_api_tokens", "--json")

    assert [(row["name"], row["state"]) for row in ran.objects] == [
        (name, name) for name in ("active", "expired", "revoked")
    ]
    row = ApiToken.objects.get(name="active")
    assert ran.objects[0] == {
        "id": row.pk,
        "username": "ana",
        "name": "active",
        "scopes": ["read"],
        "addresses": [],
        "state": "active",
        "created_at": row.created_at.isoformat(),
        "expires_at": row.expires_at.isoformat(),
        "last_used_at": None,
        "revoked_at": None,
    }


def test_the_tokens_of_a_deactivated_user_are_suspended_and_can_be_revoked(ana):
    give_token(ana)
    ana.is_active = False
    ana.save()

    assert run("list_api_tokens", "--user=ana", "--json").object["state"] == "suspended"
    assert run("revoke_api_token", "--user=ana").out == "Revoked 1 token.\n"


@pytest.mark.parametrize(
    ("arguments", "revoked"), [(("{id}",), 1), (("--user=ana",), 2), (("--all",), 3)]
)
def test_tokens_are_revoked_by_id_by_user_or_all(ana, ben, arguments, revoked):
    token = give_token(ana)
    key = ApiToken.objects.get().pk
    give_token(ana)
    give_token(ben)
    named = [part.format(id=key) for part in arguments]

    ran = run("revoke_api_token", *named)

    words = "Revoked 1 token." if revoked == 1 else f"Revoked {revoked} tokens."
    assert (ran.code, ran.out) == (0, f"{words}\n")
    assert ApiToken.objects.filter(revoked_at=None).count() == 3 - revoked
    with pytest.raises(TokenRefused):
        authenticate(token, None)
    assert run("revoke_api_token", *named).out == "Revoked 0 tokens.\n"


def test_an_id_that_is_none_fails_after_the_others_are_revoked(ana):
    give_token(ana)
    key = ApiToken.objects.get().pk

    ran = run("revoke_api_token", "999999", str(key))

    assert (ran.code, ran.out) == (1, "Revoked 1 token.\n")
    assert "There is no token 999999." in ran.err


@pytest.mark.parametrize(
    "arguments", [(), ("1", "--all"), ("1", "--user=ana"), ("--all", "--user=ana")]
)
def test_what_to_revoke_is_named_in_one_way(ana, arguments):
    give_token(ana)

    ran = run("revoke_api_token", *arguments)

    assert (ran.code, ran.out) == (1, "")
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize("command", ["list_api_tokens", "revoke_api_token"])
def test_an_unknown_user_is_said(ana, command):
    ran = run(command, "--user=nobody")

    assert (ran.code, ran.out) == (1, "")
    assert "There is no user 'nobody'" in ran.err


def test_tokens_that_ended_long_ago_are_pruned(ana, settings):
    settings.SECURITY_EVENT_RETENTION = timedelta(days=30)
    give_token(ana, name="kept")
    give_token(ana, name="gone")
    long_ago = timezone.now() - timedelta(days=31)
    ApiToken.objects.filter(name="gone").update(expires_at=long_ago)

    assert "1 ended API tokens would be removed" in run("prune_history", "--dry-run").out
    assert "1 ended API tokens removed" in run("prune_history").out

    assert ApiToken.objects.get().name == "kept"


def test_a_dump_holds_the_hash_alone(ana, tmp_path):
    token = give_token(ana)
    dump = tmp_path / "dump.json"

    call_command("dumpdata", output=str(dump), verbosity=0)

    assert ApiToken.objects.get().digest in dump.read_text()
    assert token not in dump.read_text()
