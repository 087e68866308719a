"""What a tool says that cannot answer, and a connection without a token that works."""

import pytest
from django.db import InterfaceError, OperationalError
from django.utils import timezone
from django_mcpz.server import ToolError

from customers.api.authorization import SignedIn
from customers.api.mcp.tool_server import served
from customers.models import ApiToken, Disclosure
from customers.services.tokens.authenticate import Caller
from customers.services.tokens.request_rate import Allowance
from tests.conftest import make_staff, sign_in_upstream
from tests.helpers.programs.mcp_client import Assistant, error_of, refusal
from tests.helpers.rows import stripe_customer

SHOW = "show_organization"
WRONG = (
    (SHOW, {}, "Invalid arguments: ", "org_id"),
    (SHOW, {"org_id": 7}, "Invalid arguments: ", "org_id"),
    (SHOW, {"org_id": "x", "orgid": "x"}, "Invalid arguments: ", "orgid"),
    (SHOW, {"org_id": "x" * 201}, "Invalid arguments: ", "org_id"),
    (SHOW, {"org_id": "../x"}, "invalid-parameter: ", "org_id"),
    (SHOW, {"org_id": "a\x00b"}, "invalid-parameter: ", "org_id"),
    (SHOW, {"org_id": "x", "as_of": "yesterday"}, "invalid-parameter: ", "as_of"),
    (SHOW, {"org_id": "x", "as_of": "2099-01-01"}, "invalid-parameter: ", "as_of"),
    ("organization_history", {"org_id": "x", "limit": 0}, "Invalid arguments: ", "limit"),
    ("list_worklist", {"worklist": "delinquents"}, "invalid-parameter: ", "worklist"),
    ("list_worklist", {"limit": 51}, "Invalid arguments: ", "limit"),
    ("list_worklist", {"worklist": "expired", "cursor": "x"}, "invalid-parameter: ", "cursor"),
    ("list_changes", {"since": "soon"}, "invalid-parameter: ", "since"),
    ("list_changes", {"kind": "paid"}, "invalid-parameter: ", "kind"),
    ("list_changes", {"cursor": "x"}, "invalid-parameter: ", "cursor"),
    ("find_organization", {"text": " "}, "invalid-parameter: ", "text"),
    ("find_organization", {"text": "x" * 20_001}, "Invalid arguments: ", "text"),
    ("who_am_i", {"name": "ana"}, "Invalid arguments: ", "name"),
)


@pytest.fixture
def others(sandbox, transactional_db):
    """An organization that Ben was shown, and Ana may not see."""
    sandbox.put_org("of-ben", name="Of Ben", payment=["ben"])
    sandbox.put_customer("of-ben", stripe_customer(id="cus_ben"))
    return "of-ben"


@pytest.fixture
def shown_to_ben(others, sandbox, token_for, live_server):
    ben = make_staff("ben")
    sign_in_upstream(ben, sandbox)
    Assistant(live_server.url, token_for(ben)).ask("check_organization", org_id=others)
    return others


def test_a_wrong_parameter_is_named(assistant):
    results = assistant.call_all(*[(tool, arguments) for tool, arguments, _, _ in WRONG])

    for (tool, arguments, start, parameter), result in zip(WRONG, results, strict=True):
        said = error_of(result)
        assert said.startswith(start), (tool, arguments, said)
        assert parameter in said, (tool, arguments, said)
    assert not Disclosure.objects.exists()


def test_texts_with_a_null_character_break_nothing(assistant):
    results = assistant.call_all(
        ("find_organization", {"text": "a\x00b"}),
        ("list_worklist", {"worklist": "expired", "cursor": "\x00"}),
        ("list_changes", {"kind": "\x00"}),
        ("suggest_reply", {"org_id": "x", "language": "\x00"}),
    )

    assert not any("unexpectedly" in str(result.content) for result in results)


def test_what_catalyze_denies_or_does_not_know_is_an_error_with_its_code(assistant, shown_to_ben):
    results = assistant.call_all(
        (SHOW, {"org_id": shown_to_ben}),
        ("check_organization", {"org_id": shown_to_ben}),
        (SHOW, {"org_id": "nobody-knows"}),
    )

    codes = [error_of(result).partition(":")[0] for result in results]
    assert codes == ["denied", "denied", "unknown-organization"]
    assert not Disclosure.objects.filter(username="ana").exists()


def test_without_a_proof_nobody_learns_what_the_portal_knows(
    desk, token_for, live_server, shown_to_ben
):
    assistant = Assistant(live_server.url, token_for(desk, "read", "history"))
    tools = (SHOW, "organization_history", "suggest_reply")

    known = assistant.call_all(*[(tool, {"org_id": shown_to_ben}) for tool in tools])
    unknown = assistant.call_all(*[(tool, {"org_id": "nobody-knows"}) for tool in tools])

    assert all(error_of(result).startswith("not-proved: ") for result in known)
    assert [error_of(result) for result in known] == [error_of(result) for result in unknown]


@pytest.mark.parametrize(
    ("scopes", "tool", "arguments", "missing"),
    [
        (("read",), "organization_history", {"org_id": "x"}, "history"),
        (("read",), SHOW, {"org_id": "x", "as_of": "2026-01-01"}, "history"),
        (("read",), "check_organization", {"org_id": "x"}, "check"),
        (("history", "check"), "list_worklist", {}, "read"),
        (("history", "check"), "find_organization", {"text": "x"}, "read"),
        (("history", "check"), "suggest_reply", {"org_id": "x"}, "read"),
        (("history", "check"), "list_changes", {}, "read"),
    ],
)
def test_a_missing_scope_is_named(desk, token_for, live_server, scopes, tool, arguments, missing):
    assistant = Assistant(live_server.url, token_for(desk, *scopes))

    (result,) = assistant.call_all((tool, arguments))

    assert error_of(result).startswith("scope-missing: ")
    assert f"scope {missing}" in error_of(result)


def test_an_ended_token_is_refused_from_the_next_request_on(assistant):
    assert assistant.ask("who_am_i")

    ApiToken.objects.update(revoked_at=timezone.now())

    assert refusal(assistant).startswith("token-refused: ")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_busy_database_is_said_to_be_busy(rf, ana, error):
    def query(asked, wanted):
        raise error("host=10.0.0.1 password=hunter2")

    request = rf.post("/mcp")
    caller = Caller(ana, 1, "an assistant", frozenset({"read"}), timezone.now())
    request.auth = SignedIn(caller, Allowance(0, 0, 0))

    with pytest.raises(ToolError, match=r"^busy: [^=]+$"):
        served(query)(request, None)


def test_when_catalyze_does_not_answer_the_last_answer_stays(assistant, sandbox, desk):
    sandbox.put_org("kept", name="Kept", payment=["ana"])
    sandbox.put_customer("kept", stripe_customer(id="cus_kept"))
    before = assistant.ask("check_organization", org_id="kept")
    sandbox.set_fault("503")

    after = assistant.ask("check_organization", org_id="kept")
    (never_asked,) = assistant.call_all((SHOW, {"org_id": "never-asked"}))

    assert (after["data"], after["as_of"]) == (before["data"], before["as_of"])
    assert after["trouble"]["code"]
    assert error_of(never_asked).startswith("no-answer: ")
