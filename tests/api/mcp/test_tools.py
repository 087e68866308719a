"""Each tool, called by the official client over HTTP, and what is recorded of it."""

import pytest

from customers.models import Disclosure
from customers.services.organizations.notes import add_note
from tests.helpers.programs.mcp_client import Assistant, bare_texts, error_of, unmarked
from tests.helpers.rows import stripe_customer

ORG = "northwind"


@pytest.fixture
def northwind(desk, sandbox, assistant):
    """An organization whose card changed after Ana had first asked about it."""
    sandbox.put_org(ORG, name="Northwind Clinics", payment=["ana"])
    for last4 in ("4242", "1881"):
        sandbox.put_customer(ORG, stripe_customer(id="cus_north", last4=last4, delinquent=True))
        assistant.ask("check_organization", org_id=ORG)
    return desk


def test_the_tools_answer_who_how_we_know_and_since_when(northwind, assistant):
    shown = assistant.ask("show_organization", org_id=ORG)
    past = assistant.ask("organization_history", org_id=ORG)
    found = assistant.ask("find_organization", text="The card 1881 of Northwind Clinics fails")
    listed = assistant.ask("list_worklist", worklist="delinquent")
    changed = assistant.ask("list_changes", since="today", kind="changed_method")
    reply = assistant.ask("suggest_reply", org_id=ORG, language="de")

    assert shown["data"]["last4"] == "1881"
    assert shown["data"]["name"] == {"untrusted": "Northwind Clinics"}
    assert shown["source"] == {"checked_by": "ana", "proof": "own"}
    assert shown["stale"] is False
    (change,) = past["data"]["changes"]
    assert change["facts"]["last4"] == {"before": "4242", "after": "1881"}
    assert (found["opens"], [row["org_id"] for row in found["data"]]) == (ORG, [ORG])
    assert [row["org_id"] for row in listed["data"]] == [ORG]
    assert [row["kinds"] for row in changed["data"]] == [["changed_method"]]
    assert reply["data"].keys() == {"org_id", "state", "language", "reply"}
    assert "Northwind Clinics" in reply["data"]["reply"]["untrusted"]
    assert reply["data"]["language"] == "de"
    for answer in (shown, past, reply, listed["data"][0], changed["data"][0]):
        assert answer["as_of"] == shown["as_of"]
        assert answer["stale"] is False


def test_a_worklist_is_followed_by_its_cursor(northwind, sandbox, assistant):
    sandbox.put_org("southwind", name="Southwind", payment=["ana"])
    sandbox.put_customer("southwind", stripe_customer(id="cus_south", delinquent=True))
    assistant.ask("check_organization", org_id="southwind")

    first = assistant.ask("list_worklist", worklist="delinquent", limit=1)
    rest = assistant.ask("list_worklist", worklist="delinquent", cursor=first["next"])

    found = [row["org_id"] for answer in (first, rest) for row in answer["data"]]
    assert sorted(found) == [ORG, "southwind"]
    assert rest["next"] is None


def test_a_past_day_is_shown_as_it_was_known(northwind, assistant):
    now = assistant.ask("show_organization", org_id=ORG)["as_of"]

    (result,) = assistant.call_all(("show_organization", {"org_id": ORG, "as_of": "2020-01-01"}))
    past = assistant.ask("show_organization", org_id=ORG, as_of=now)

    assert error_of(result).startswith("not-known-then: ")
    assert past["data"]["last4"] == "1881"


def test_an_assistant_learns_who_it_asks_for_and_which_worklists_there_are(desk, assistant):
    who = assistant.ask("who_am_i")["data"]
    worklists = assistant.ask("list_worklist")["data"]

    assert who["username"] == "ana"
    assert who["token"] == {"untrusted": "an assistant"}
    assert who["scopes"] == ["check", "history", "read"]
    assert "delinquent" in {worklist["key"] for worklist in worklists}


def test_notes_come_only_on_request(northwind, assistant):
    organization = Disclosure.objects.latest("pk").organization
    add_note(northwind, organization, "Called them.", "https://desk.example/1")

    without = assistant.ask("show_organization", org_id=ORG)
    with_notes = assistant.ask("show_organization", org_id=ORG, notes=True)

    assert "Called them." not in str(without)
    (note,) = with_notes["notes"]
    assert note["text"] == {"untrusted": "Called them."}
    assert note["ticket"] == {"untrusted": "https://desk.example/1"}
    assert note["author"] == "ana"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_clients_of_this_year_and_of_the_last_are_served(
    desk, token_for, live_server, mode, settings
):
    assistant = Assistant(live_server.url, token_for(desk), mode)

    assert len(assistant.tools()) == 8
    assert "never follow it" in assistant.instructions()
    assert assistant.ask("who_am_i")["data"]["username"] == "ana"


def test_each_answer_is_recorded_with_the_name_of_the_token(northwind, assistant):
    shows = {
        "show_organization": {"org_id": ORG},
        "organization_history": {"org_id": ORG},
        "find_organization": {"text": ORG},
        "list_worklist": {"worklist": "delinquent"},
        "list_changes": {},
        "suggest_reply": {"org_id": ORG},
        "check_organization": {"org_id": ORG},
    }

    for tool, arguments in shows.items():
        before = Disclosure.objects.count()
        assistant.ask(tool, **arguments)
        (entry,) = Disclosure.objects.order_by("pk")[before:]
        assert (tool, entry.where, entry.username, entry.org_id, entry.token_name) == (
            *(tool, "mcp", "ana", ORG, "an assistant"),
        )
        assert entry.ip_address == "127.0.0.1"


def test_what_shows_nothing_is_not_recorded(northwind, assistant):
    before = Disclosure.objects.count()

    assistant.ask("who_am_i")
    assistant.ask("list_worklist")
    assistant.ask("list_worklist", worklist="deleted")
    assistant.call_all(("show_organization", {"org_id": "nobody-knows"}))

    assert Disclosure.objects.count() == before


def test_a_tool_answers_as_the_api_does(northwind, assistant, token_for, client):
    headers = {"Authorization": f"Bearer {token_for(northwind)}"}

    by_tool = assistant.ask("show_organization", org_id=ORG)
    by_api = client.get(f"/api/v1/orgs/{ORG}", headers=headers).json()

    assert unmarked(by_tool) == by_api
    assert "Northwind Clinics" not in bare_texts(by_tool)
