"""Requests and refusals: problems everywhere, headers, cookies, costs."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from customers.models import ApiToken
from tests.conftest import browser_of
from tests.helpers.programs.program import API, Program

FIELDS = {"type", "title", "status", "detail", "request_id"}


def is_problem(answer, status: int, type_: str) -> bool:
    problem = answer.json()
    return (
        (answer.status_code, problem["status"], problem["type"]) == (status, status, type_)
        and answer["Content-Type"] == "application/problem+json"
        and problem.keys() >= FIELDS
        and problem["request_id"] == answer["X-Request-ID"]
        and answer["Cache-Control"] == "no-store"
        and "default-src 'none'" in answer["Content-Security-Policy"]
    )


@pytest.mark.parametrize("path", ["/none", "/", "/orgs/", "/orgs/a/b", "/me/"])
def test_an_address_that_is_none(program, path):
    assert is_problem(program.get(path), 404, "no-such-address")


@pytest.mark.parametrize("method", ["head", "post", "put", "patch", "delete", "options"])
def test_a_method_that_is_not_answered(program, method):
    answer = getattr(program.client, method)(
        f"{API}/orgs/org-1", headers={"Authorization": f"Bearer {program.token}"}
    )

    assert answer.status_code == 405
    assert answer["Allow"] == "GET"


def test_a_host_that_is_not_the_portals(program, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]

    assert is_problem(program.get("/me"), 400, "bad-request")


@pytest.mark.parametrize("body", ["{", "[]", "null", '{"text": 1}', '{"words": "x"}', b"\xff"])
def test_a_body_that_cannot_be_read(program, body):
    answer = program.post("/search", body)

    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("megabytes", [3, 30])
def test_a_body_that_is_too_large(program, megabytes):
    answer = program.post("/search", {"text": "x" * megabytes * 1024 * 1024})

    assert is_problem(answer, 413, "too-large")


def test_a_fault_is_a_problem_and_says_nothing_of_itself(program, monkeypatch):
    monkeypatch.setattr("customers.api.endpoints.of_me.me", lambda asked: 1 / 0)
    program.client.raise_request_exception = False

    answer = program.get("/me")

    assert is_problem(answer, 500, "fault")
    assert b"division" not in answer.content


def test_a_busy_database_says_when_to_try_again(program, monkeypatch):
    def busy(asked):
        raise OperationalError("database is locked")

    monkeypatch.setattr("customers.api.endpoints.of_me.me", busy)
    program.client.raise_request_exception = False

    answer = program.get("/me")

    assert is_problem(answer, 503, "busy")
    assert answer["Retry-After"] == "5"


def test_the_rate_of_a_token_is_bounded_and_told(program, settings):
    settings.API_MAX_RPM = 2
    answers = [program.get("/me"), program.get("/orgs?limit=0"), program.get("/orgs/org-1")]

    assert [answer.status_code for answer in answers] == [200, 422, 429]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"token";q=2;w=60'}
    left = [answer["RateLimit"].partition(";t=") for answer in answers]
    assert [part[0] for part in left] == ['"token";r=1', '"token";r=0', '"token";r=0']
    assert is_problem(answers[2], 429, "too-many-requests")
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_without_a_bound_no_rate_is_told(program, settings):
    settings.API_MAX_RPM = 0

    assert "RateLimit" not in program.get("/me").headers


def test_no_cookie_is_read_or_set(program, ana):
    browser = browser_of(ana)
    browser.cookies["django_language"] = "de"
    signed = Program(program.token, client=browser)

    with CaptureQueriesContext(connection) as captured:
        answer = signed.get("/worklists", Accept_Language="de")

    assert answer.cookies == {}
    assert not any("session" in query["sql"] for query in captured)
    assert answer.json()["data"][0]["label"] == "Delinquent"
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/me", 5),
        ("/orgs/org-1", 12),
        ("/orgs/org-1/history", 12),
        ("/orgs", 12),
        ("/changes", 13),
        ("/worklists", 5),
    ],
)
def test_an_answer_costs_few_statements(program, path, most):
    """The count of the hour and of the worklists, and the token's last use, are written already."""
    program.get(path)
    program.get(path)

    with CaptureQueriesContext(connection) as captured:
        program.data(path)

    assert len(captured) <= most, [query["sql"][:120] for query in captured]


@pytest.mark.parametrize("path", ["/orgs/none", "/orgs/org-1/history", "/orgs?x=1", "/orgs/a%0Ab"])
def test_a_refusal_writes_nothing_but_the_count_of_the_rate(reader, path):
    reader.get("/me")

    with CaptureQueriesContext(connection) as captured:
        answer = reader.get(path)

    assert answer.status_code in {403, 422}
    written = [query["sql"] for query in captured if not query["sql"].startswith("SELECT")]
    assert all("customers_tokenrequests" in sql for sql in written), written


def test_what_the_program_has_costs_no_entry(program):
    tag = program.get("/orgs/org-1")["ETag"]

    with CaptureQueriesContext(connection) as captured:
        program.get("/orgs/org-1", If_None_Match=tag)

    assert len(captured) <= 6
    assert not any("disclosure" in query["sql"] for query in captured)


def test_me_says_what_the_token_allows(reader, ana):
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1))

    data = reader.data("/me")["data"]

    assert data["username"] == "ana"
    assert (data["token"], data["scopes"]) == ("a reader", ["read"])
    assert data["expires_at"] == ApiToken.objects.get().expires_at.isoformat()
    assert data["catalyze"] == {"state": "active", "may_ask": True}


@pytest.mark.parametrize(
    "address",
    ["/me?x=1", "/orgs/org-1?as_off=2026-01-31", "/orgs/org-1/history?x=1", "/changes?untill=1"],
)
def test_an_unknown_parameter_is_named_and_never_ignored(program, customer, address):
    answer = program.get(address)

    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-parameter")
    assert "is not known" in answer.json()["detail"]
