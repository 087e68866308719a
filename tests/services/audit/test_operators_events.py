"""What commands find of the log's chain, and what operators do, leaves as events."""

import pytest
from cryptography.fernet import Fernet

from customers.models import DisclosureHead, SecurityEvent
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import verify_log
from tests.helpers.commands import run
from tests.helpers.disclosures.disclosure_log import fill_log
from tests.helpers.rows import give_credentials, make_customer


@pytest.fixture
def log(ana, northwind, monkeypatch):
    """Entries 3 to 7, of which 3 and 4 are too old."""
    fill_log(ana, make_customer(northwind), monkeypatch)


def recorded():
    """Code, severity and detail of each event."""
    found = SecurityEvent.objects.order_by("pk")
    return [(event.code, event.severity, event.detail) for event in found]


def test_a_log_that_holds_together(log):
    head = verify_log().head

    assert run("verify_disclosures").code == 0

    assert recorded() == [
        ("chain.verified", "info", {"entries": 5, "after": 0, "number": 7, "head": head}),
    ]


@pytest.mark.parametrize("command", ["verify_disclosures", "prune_history"])
def test_a_log_that_was_altered(log, command):
    disclosure_triggers.drop()
    DisclosureHead.objects.update(pruned_through=0, pruned_hash=b"")

    ran = run(command)

    ((code, severity, detail),) = recorded()
    assert (ran.code, code, severity, detail["reason"]) == (1, "chain.broken", "critical", "broken")
    assert detail["found"] in ran.err


def test_an_end_that_nobody_signed_and_that_is_signed_again(log):
    DisclosureHead.objects.update(signature=b"")

    assert run("verify_disclosures", "--sign").code == 0

    (broken, signed, verified) = recorded()
    assert (broken[0], broken[2]["reason"]) == ("chain.broken", "not_signed")
    assert signed == ("chain.signed", "warning", {})
    assert verified[0] == "chain.verified"


def test_what_retention_removes(log):
    assert run("prune_history").code == 0
    assert run("prune_history").code == 0  # which finds nothing old

    assert recorded() == [("logs.pruned", "info", {"disclosures": 2, "security_events": 0})]


def test_keys_backups_and_pauses(ana, settings, tmp_path):
    give_credentials(ana)
    SecurityEvent.objects.all().delete()
    settings.CREDENTIAL_KEYS = [Fernet.generate_key().decode(), *settings.CREDENTIAL_KEYS]

    assert run("rotate_credential_keys").code == 0
    assert run("clear_sign_in_pauses").code == 0
    assert run("clear_sign_in_pauses", "ana").code == 0

    assert recorded() == [
        ("keys.rotated", "info", {"rotated": 1, "unreadable": 0}),
        ("pauses.ended", "warning", {"pauses": 0}),
        ("pauses.ended", "warning", {"pauses": 0}),
    ]
    assert list(SecurityEvent.objects.values_list("username", flat=True)) == ["ana", "", ""]


@pytest.mark.django_db(transaction=True)
def test_a_backup(tmp_path):
    file = tmp_path / "portal.backup"

    assert run("back_up", str(file)).code == 0

    assert recorded() == [("backup.written", "info", {"bytes": file.stat().st_size})]
