"""What /mcp does with requests before any tool is called."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from billing_portal import settings as portal
from customers.models import ApiToken
from tests.conftest import browser_of
from tests.helpers.programs.mcp_client import post

ENDED = {
    "expired": lambda user: ApiToken.objects.update(expires_at=timezone.now()),
    "revoked": lambda user: ApiToken.objects.update(revoked_at=timezone.now()),
    "used from elsewhere": lambda user: ApiToken.objects.update(addresses=["192.0.2.1"]),
    "of an inactive user": lambda user: type(user).objects.update(is_active=False),
    "of a user who left the staff": lambda user: type(user).objects.update(is_staff=False),
    "of a user who may no longer see customers": lambda user: user.groups.clear(),
}


def test_it_is_off_unless_the_operator_turns_it_on(ana, token_for, settings):
    settings.MCP = portal.MCP
    token = token_for(ana)

    assert post(Client(), token).status_code == 404
    assert Client().get("/mcp").status_code == 404


@pytest.mark.parametrize("method", ["get", "delete", "put", "options", "head"])
def test_it_answers_posts_alone(db, method):
    answer = getattr(Client(), method)("/mcp")

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("how", ENDED)
def test_a_token_that_does_not_work_is_refused_like_one_that_nobody_made(ana, token_for, how):
    token = token_for(ana)
    assert post(Client(), token).status_code == 200
    nobodys = post(Client(), "bpt_garbage")

    ENDED[how](ana)
    answer = post(Client(), token)

    assert answer.status_code == nobodys.status_code == 401
    assert answer.content == nobodys.content
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_without_a_token_the_answer_says_what_to_send(db):
    answer = post(Client(), "")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization: Bearer bpt_…" in answer.json()["error"]["message"]


def test_a_session_signs_nobody_in(ana):
    browser = browser_of(ana)

    answer = post(browser, "")

    assert answer.status_code == 401
    assert not answer.cookies


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://[", 403),
        ("http://testserver.evil.example", 403),
        ("http://testserver", 200),
    ],
)
def test_a_page_of_another_host_is_refused(ana, token_for, origin, status):
    browser = Client(headers={"Origin": origin})

    assert post(browser, token_for(ana)).status_code == status


def test_requests_are_counted_by_token(ana, token_for, settings):
    settings.API_MAX_RPM = 1
    first, second = token_for(ana), token_for(ana)

    answers = [post(Client(), token) for token in (first, first, second)]

    assert [answer.status_code for answer in answers] == [200, 429, 200]
    assert answers[0].headers["RateLimit"].startswith('"token";r=0;t=')
    assert 1 <= int(answers[1].headers["Retry-After"]) <= 60


def test_nothing_is_kept_of_an_answer_and_no_cookie_is_set(ana, token_for):
    answers = [post(browser_of(ana), token) for token in (token_for(ana), "")]

    assert [answer.headers["Cache-Control"] for answer in answers] == ["no-store"] * 2
    assert not any(answer.cookies for answer in answers)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, -32700),
        (b"{", 400, -32700),
        (b'{"a": "\xff"}', 400, -32700),
        (b"[" * 100_000, 400, -32700),
        (b'{"a":' * 50_000, 400, -32700),
        (b"[]", 400, -32600),
        (b'{"jsonrpc": "2.0", "method": 1, "id": 1}', 400, -32600),
        (b'{"jsonrpc": "2.0", "method": "nothing", "id": 1}', 200, -32601),
        (b'{"jsonrpc": "2.0", "method": "tools/call", "id": 1}', 200, -32602),
        (b" " * 300_000, 413, -32600),
    ],
)
def test_what_is_no_message_is_refused_as_the_protocol_says(ana, token_for, body, status, code):
    headers = {"Authorization": f"Bearer {token_for(ana)}"}

    answer = Client().post("/mcp", body, content_type="application/json", headers=headers)

    assert (answer.status_code, json.loads(answer.content)["error"]["code"]) == (status, code)


def test_what_is_no_token_costs_no_query(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = post(Client(), f"bpt_{'a' * 36}")

    assert answer.status_code == 401
