"""What /metrics says about the schedule, the objective and pauses: what the alerts are on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from customers.models import CommandRun, Credentials, FailedAttempts
from tests.helpers.rows import ago, grant, make_customer, make_organization

TOKEN = "a-token-of-the-tests-only"


@pytest.fixture
def scrape(db, settings):
    settings.METRICS_TOKEN = TOKEN

    def scraped():
        answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        lines = answer.content.decode().splitlines()
        return dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))

    return scraped


def test_which_commands_are_overdue_and_how_they_ended(scrape):
    for command, minutes, code in (
        ("back_up", 48 * 60, 0),
        ("back_up", 31 * 60, 1),
        ("send_digest", 1, 0),
    ):
        CommandRun.objects.create(
            command=command, began_at=ago(minutes), ended_at=ago(minutes), exit_code=code
        )

    found = scrape()

    assert found['portal_command_overdue{command="back_up"}'] == "1.0"
    assert found['portal_command_overdue{command="send_digest"}'] == "0.0"
    assert found['portal_command_exit_code{command="back_up"}'] == "1.0"
    succeeded = float(found['portal_command_last_success_timestamp_seconds{command="back_up"}'])
    assert succeeded == pytest.approx(ago(48 * 60).timestamp(), abs=60)
    assert 'portal_command_exit_code{command="clearsessions"}' not in found


def test_late_organizations_are_those_that_somebody_can_ask_about(scrape, ana, signed_in_ana):
    Credentials.objects.update(proves_since=ago(24 * 60))
    for org_id, hours, is_anas in (
        ("late", 7, True),
        ("young", 5, True),
        ("nobodys", 7, False),
    ):
        organization = make_organization(org_id)
        make_customer(organization, checked_at=ago(hours * 60))
        if is_anas:
            grant(ana, organization)

    found = scrape()

    assert found["portal_organizations_late"] == "1.0"
    assert found["portal_freshness_objective_seconds"] == "21600.0"


def test_what_proofs_need_and_what_the_pace_gives(scrape, signed_in_ana, settings):
    settings.CATALYZE_MAX_RPS, settings.ACCESS_PROOF_TTL = 20, timedelta(seconds=10)
    make_organization("northwind")

    found = scrape()

    assert found["portal_proof_calls_needed"] == "1.0"
    assert found["portal_proof_calls_possible"] == "100.0"


def test_pauses_that_hold_are_counted(scrape):
    now = timezone.now()
    for key, minutes in (("a", 1), ("b", -1)):
        until = now + timedelta(minutes=minutes)
        FailedAttempts.objects.create(key=key, count=10, paused_until=until)

    assert scrape()["portal_sign_in_pauses"] == "1.0"
