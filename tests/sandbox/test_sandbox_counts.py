"""Counts of calls, and of undocumented requests."""

import http.client
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest


def raw_status(url: str, target: str) -> int:
    """The status of a GET whose target is sent unchanged."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.request("GET", target)
    status = connection.getresponse().status
    connection.close()
    return status


def test_calls_are_counted_by_route_and_status(ana, sandbox):
    bingo, missing = sandbox.org_id("Bingo"), "missing"
    for org_id in (bingo, bingo, missing):
        ana.customer(org_id)
    ana.get(f"org/{bingo}")
    ana.get("auth/verify", headers={})

    counts = sandbox.counts()

    assert counts["calls"] == {
        "signin": {"200": 1},
        "customer": {"200": 2, "404": 1},
        "org": {"200": 1},
        "verify": {"401": 1},
    }
    assert counts["total"] == 6
    assert counts["undocumented"] == 0


def test_calls_are_counted_for_one_org(ana, sandbox):
    bingo = sandbox.org_id("Bingo")
    ana.customer(bingo)
    ana.customer("another")

    counts = sandbox.counts(bingo)

    assert counts == {"org": bingo, "calls": {"customer": {"200": 1}}}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "org/x/customer"),
        ("DELETE", "org/x/customer"),
        ("PUT", "org/x"),
        ("HEAD", "org/x/customer"),
        ("GET", "auth/signin"),
        ("POST", "auth/signout"),
    ],
)
def test_a_known_path_with_another_method_is_a_counted_405(ana, sandbox, method, path):
    answer = ana.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["Allow"] in ("GET", "POST")
    counts = sandbox.counts()
    assert counts["undocumented"] == 1
    assert counts["undocumented_calls"] == [f"{method} /v2/{path}"]


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/v2",
        "/v2/org",
        "/v2/org/",
        "/v2/org//customer",
        "/v2/org/a/b/customer",
        "/v2/org/x/customer/",
        "/v2/org/x/card",
        "/v2/org/../../sandbox/users",
        "/v2/classes",
        "/v1/org/x/customer",
        "//v2/org/x/customer",
        "/%76%32/org/x",
    ],
)
def test_any_other_path_is_a_counted_404(sandbox, target):
    status = raw_status(sandbox.url, target)

    assert status == 404
    assert sandbox.counts()["undocumented"] == 1


def test_an_undocumented_call_is_answered_in_the_documented_error_shape(ana):
    answer = ana.request("POST", "org")

    assert answer.json()["errors"][0]["code"] == 404


def test_calls_at_the_same_time_are_counted_and_not_held_up_by_latency(ana, sandbox):
    bingo = sandbox.org_id("Bingo")
    sandbox.set_latency(1)

    with ThreadPoolExecutor(8) as pool:
        statuses = [answer.status_code for answer in pool.map(ana.customer, [bingo] * 8)]

    assert statuses == [200] * 8
    assert sandbox.counts()["max_concurrent"] == 8


def test_control_calls_are_not_counted(sandbox):
    sandbox.users()
    sandbox.organizations()

    counts = sandbox.counts()

    assert counts["total"] == 0
    assert counts["undocumented"] == 0
