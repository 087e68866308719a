"""doctor names what is wrong with an installation, and nothing that is not."""

import json

import pytest
from django.db import connection

from customers.services.diagnosis.database_setup import ServerFacts, autovacuum_of, transport_of
from tests.helpers.commands import run
from tests.helpers.diagnosis.breaking import listed
from tests.helpers.diagnosis.faults import IN_SETTINGS, IN_THE_DATABASE, ON_THIS_MACHINE
from tests.helpers.diagnosis.of_a_backend import OF_A_BACKEND
from tests.helpers.diagnosis.other_servers import SERVERS, mails_to, sign_in_provider
from tests.helpers.mail.server import mail_server

FAULTS = IN_SETTINGS | ON_THIS_MACHINE | IN_THE_DATABASE | SERVERS | OF_A_BACKEND
# Each has a finding when all is well; those about a certificate only over https.
CHECKS = {
    *("files", "disk", "settings", "static_files", "database", "migrations", "keys", "log_chain"),
    *("sync", "freshness", "mass_change", "proofs", "sessions", "schedule", "proxies"),
    *("upstream", "clock", "mail"),
}
OF_POSTGRESQL = {"database_tls", "autovacuum"}
IS_POSTGRESQL = connection.vendor == "postgresql"


def findings():
    return run("doctor", "--json").object["findings"]


def test_nothing_is_wrong_with_a_good_installation(installation):
    ran = run("doctor", "--json")

    wrong = [found for found in ran.object["findings"] if found["status"] != "ok"]
    assert [found["sentence"] for found in wrong] == [
        "CATALYZE_BASE_URL is on this machine: every page says that its data is made up."
    ]
    assert (ran.code, ran.err, ran.object["status"]) == (0, "", "warning")
    expected = CHECKS | (OF_POSTGRESQL if IS_POSTGRESQL else set())
    assert {found["check"] for found in ran.object["findings"]} == expected


@pytest.mark.parametrize("name", FAULTS)
def test_what_is_broken_is_named_with_a_remedy(installation, name):
    fault = FAULTS[name]

    with fault.broken(installation):
        ran = run("doctor", "--json")

    found = [one for one in ran.object["findings"] if fault.words in one["sentence"]]
    assert [(one["check"], one["status"]) for one in found] == [(fault.check, fault.verdict)]
    assert found[0]["remedy"]
    assert ran.code == (1 if ran.object["status"] == "problem" else 0)
    assert fault.verdict == "warning" or ran.code == 1


def test_permission_lists_that_prove_access_are_fine(installation):
    listed(lambda: None)(installation)

    (found,) = (found for found in findings() if found["check"] == "permission_lists")

    assert found["sentence"] == "All permission lists were read, and can name every user."


def test_there_are_twenty_and_more():
    assert len(FAULTS) > 40


def test_what_is_said_names_nobody_and_no_organization(installation):
    with FAULTS["a lost key"].broken(installation), FAULTS["too few proxies"].broken(installation):
        text = json.dumps(findings())

    for name in ("ana", installation.sandbox.org_id("Bingo"), "Bingo", "10.0.0.1"):
        assert f" {name}" not in text


def test_a_mail_server_is_signed_in_to_and_sent_nothing(installation):
    with mail_server() as server:
        signs_in = {"EMAIL_HOST_USER": "portal", "EMAIL_HOST_PASSWORD": "a password 1"}
        for name, value in mails_to(server.port, **signs_in).items():
            setattr(installation.settings, name, value)
        (mail,) = (found for found in findings() if found["check"] == "mail")

    assert mail["sentence"] == "The mail server answers."
    assert server.commands == ["EHLO", "AUTH", "QUIT"]


def test_a_sign_in_provider_that_answers_is_fine(installation):
    with sign_in_provider()(installation):
        (found,) = (found for found in findings() if found["check"] == "single_sign_on")

    assert found["sentence"] == "The provider of single sign-on answers."


def test_catalyze_is_asked_once_and_for_no_organization(installation):
    installation.sandbox.reset()

    findings()

    assert installation.sandbox.counts()["calls"] == {"verify": {"401": 1}}


def test_people_read_a_line_and_a_remedy(installation):
    installation.settings.PORTAL_URL = ""

    ran = run("doctor")

    assert "ok       clock         The clock of this machine agrees with Catalyze's." in ran.out
    line = ran.out.index("warning  settings      PORTAL_URL is not set")
    assert ran.out[line:].splitlines()[1].strip() == "Set the portal's address."
    assert (ran.code, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("host", "is_encrypted", "verdict"),
    [
        ("db.example.com", False, "problem"),
        ("10.0.0.7", False, "problem"),
        ("fd00::7", False, "problem"),
        ("db.example.com", True, "ok"),
        ("127.0.0.1", False, "ok"),
        ("::1", False, "ok"),
        ("localhost", False, "ok"),
        ("/run/postgresql", False, "ok"),
        ("", False, "ok"),
    ],
)
def test_a_connection_to_another_machine_has_to_be_encrypted(host, is_encrypted, verdict):
    facts = ServerFacts(host, is_encrypted, has_autovacuum=True, unvacuumed=0)

    assert transport_of(facts).verdict == verdict


def test_a_server_without_autovacuum_is_named():
    facts = ServerFacts("", is_encrypted=True, has_autovacuum=False, unvacuumed=0)

    assert autovacuum_of(facts).sentence == "Autovacuum is off."
