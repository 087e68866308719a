"""What Catalyze denies leaves an event, once an hour, whether the portal knows it or not."""

from datetime import timedelta

import pytest

from customers.models import Organization, SecurityEvent
from customers.services.accounts.security_events import security_events_of
from tests.helpers.pages.pasted_lists import ask, paste

KNOWN, UNKNOWN = "bens-known", "bens-other"


@pytest.fixture
def denied(as_ana, sandbox):
    """Ana's browser; Catalyze denies her two organizations, one of which the portal knows."""
    for org_id in (KNOWN, UNKNOWN):
        sandbox.put_org(org_id, payment=["ben"])
    Organization.objects.create(org_id=KNOWN)
    SecurityEvent.objects.all().delete()
    return as_ana


def denials():
    events = SecurityEvent.objects.filter(code="access.denied").order_by("pk")
    return [(event.username, event.severity, event.detail) for event in events]


@pytest.mark.parametrize("org_id", [KNOWN, UNKNOWN])
def test_a_denied_page_leaves_one_event_an_hour(denied, org_id):
    for _ in range(2):
        denied.get(f"/orgs/{org_id}/")
    denied.post(f"/orgs/{org_id}/check/")

    assert denials() == [("ana", "warning", {"org_id": org_id})]

    (event,) = SecurityEvent.objects.filter(code="access.denied")
    SecurityEvent.objects.update(happened_at=event.happened_at - timedelta(hours=1))
    denied.get(f"/orgs/{org_id}/")

    assert len(denials()) == 2


def test_each_organization_and_each_user_have_their_own(denied, as_ben, sandbox):
    sandbox.put_org("nobodys", payment=[])
    for org_id in (KNOWN, UNKNOWN, "nobodys"):
        denied.get(f"/orgs/{org_id}/")
    as_ben.get("/orgs/nobodys/")

    names = [(name, detail["org_id"]) for name, _, detail in denials()]
    assert names == [("ana", KNOWN), ("ana", UNKNOWN), ("ana", "nobodys"), ("ben", "nobodys")]


def test_what_of_a_pasted_list_is_asked_together_leaves_one_event(denied):
    ask(denied, paste(denied, f"{KNOWN}\n{UNKNOWN}"))

    assert denials() == [("ana", "warning", {"organizations": 2})]


def test_what_catalyze_does_not_know_or_does_not_answer_is_no_denial(denied, sandbox):
    denied.get("/orgs/nowhere/")
    sandbox.set_fault("503")
    denied.get(f"/orgs/{KNOWN}/")

    assert denials() == []


def test_recent_sign_ins_shows_no_denials(denied, ana):
    denied.get(f"/orgs/{KNOWN}/")

    assert not security_events_of(ana).exists()
