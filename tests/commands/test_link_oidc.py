"""`link_oidc` connects a user with a subject of the provider."""

import pytest
from django.core.management import CommandError, call_command

from customers.models import OidcIdentity
from customers.services.single_sign_on.configuration import SingleSignOn
from tests.helpers.accounts.events import events

ISSUER = "https://id.example.com"


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.OIDC = SingleSignOn(ISSUER, "portal", "a secret of the tests")


def linked():
    return list(OidcIdentity.objects.values_list("user__username", "issuer", "subject"))


def test_it_connects_and_replaces(ana, capsys):
    call_command("link_oidc", "ana", "s-1")
    call_command("link_oidc", "ana", "s-1")
    call_command("link_oidc", "ana", "s-2")

    assert linked() == [("ana", ISSUER, "s-2")]
    assert [event[0] for event in events(ana)] == ["identity.linked"] * 2
    assert "ana can now sign in at id.example.com." in capsys.readouterr().out


def test_one_subject_is_one_user(ana, ben):
    call_command("link_oidc", "ana", "s-1")

    with pytest.raises(CommandError, match="Another user is connected"):
        call_command("link_oidc", "ben", "s-1")

    assert linked() == [("ana", ISSUER, "s-1")]


def test_it_disconnects(ana, capsys):
    call_command("link_oidc", "ana", "s-1")

    call_command("link_oidc", "ana", "--remove")
    call_command("link_oidc", "ana", "--remove")

    assert linked() == []
    assert [event[0] for event in events(ana)] == ["identity.linked", "identity.unlinked"]
    assert capsys.readouterr().out.endswith("Disconnected.\nThere was no connection.\n")


@pytest.mark.parametrize(
    "wrong", [["ana"], ["ana", "s-1", "--remove"], ["nobody", "s-1"], ["ana", ""]]
)
def test_it_says_what_is_wrong(ana, wrong):
    with pytest.raises(CommandError):
        call_command("link_oidc", *wrong)

    assert linked() == []


def test_it_needs_a_provider(ana, settings):
    settings.OIDC = None

    with pytest.raises(CommandError, match="OIDC_ISSUER is not set"):
        call_command("link_oidc", "ana", "s-1")
