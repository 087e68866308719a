"""Control routes inspect and change a running sandbox."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import requests

from tests.helpers.sandbox_caller import Caller

PATIENCE = 10


def test_the_first_page_says_what_this_is_and_lists_the_routes(sandbox):
    text = sandbox.control("GET", "").text

    assert "made up" in text
    for route in ("users", "counts", "reset", "faults", "latency", "today", "organizations.csv"):
        assert f"/sandbox/{route}" in text


def test_the_users_and_the_api_key_can_be_looked_up(sandbox):
    users = sandbox.users()

    assert set(users) == {"ana", "ben", "carla"}
    kind, identifier, key = sandbox.api_key.split(" ")
    assert (kind, identifier) == ("browser", "sandbox.invalid")
    assert len(bytes.fromhex(key)) == 12


def test_an_org_can_be_made_and_changed(sandbox, ana):
    sandbox.put_org("new", name="New", description="Just made", payment=["ben"])
    assert ana.customer("new").status_code == 403

    sandbox.put_org("new", payment=["ana"])

    assert ana.customer("new").status_code == 400
    org = ana.get("org/new").json()
    assert (org["name"], org["description"]) == ("New", "Just made")
    assert {"org_id": "new", "name": "New", "description": "Just made"} in sandbox.organizations()


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff not json", b'{"object": "customer"}', b" " * 3_000_000]
)
def test_a_customer_can_be_any_bytes_of_any_size(sandbox, ana, body):
    org_id = sandbox.org_id("Bingo")

    sandbox.put_customer(org_id, body)

    assert ana.customer(org_id).content == body


def test_a_customer_of_an_unknown_org_makes_the_org_for_ana(sandbox, ana):
    sandbox.put_customer("unheard-of", {"object": "customer"})

    assert ana.customer("unheard-of").json() == {"object": "customer"}
    assert Caller(sandbox, "ben").customer("unheard-of").status_code == 403


def test_a_customer_can_be_taken_away(sandbox, ana):
    org_id = sandbox.org_id("Bingo")

    sandbox.delete_customer(org_id)

    assert ana.customer(org_id).status_code == 400


def test_an_org_can_be_taken_away(sandbox, ana):
    org_id = sandbox.org_id("Bingo")

    sandbox.delete_org(org_id)

    assert ana.customer(org_id).status_code == 404
    assert org_id not in {org["org_id"] for org in sandbox.organizations()}


def test_its_clock_can_be_set_apart_from_this_machines(sandbox, ana):
    sandbox.set_clock(-600)

    date = parsedate_to_datetime(ana.get("auth/verify").headers["Date"])

    assert timedelta(seconds=595) < datetime.now(UTC) - date < timedelta(seconds=660)


def test_generated_organizations_can_be_changed_too(sandbox, ana):
    org_id = sandbox.organizations()[-1]["org_id"]

    sandbox.put_org(org_id, name="Renamed", payment=["ana"])
    sandbox.put_customer(org_id, b"{}")

    assert ana.customer(org_id).content == b"{}"
    assert sandbox.organizations()[-1]["name"] == "Renamed"


def test_sessions_can_be_ended_for_one_user_or_for_all(sandbox, ana):
    ben = Caller(sandbox, "ben")

    sandbox.expire_sessions("ana")
    assert ana.get("auth/verify").status_code == 401
    assert ben.get("auth/verify").status_code == 200

    sandbox.expire_sessions()
    assert ben.get("auth/verify").status_code == 401


def test_a_reset_takes_everything_back_to_the_start(sandbox, ana):
    org_id = sandbox.org_id("Bingo")
    sandbox.delete_org(org_id)
    sandbox.put_org("new")
    sandbox.set_fault("500")
    sandbox.set_latency(0.01)
    sandbox.set_clock(-600)
    ana.customer(org_id)

    sandbox.reset()

    assert ana.get("auth/verify").status_code == 401
    assert sandbox.control("GET", "faults").json() == []
    date = parsedate_to_datetime(ana.get("auth/verify").headers["Date"])
    assert datetime.now(UTC) - date < timedelta(minutes=1)
    fresh = Caller(sandbox, "ana")
    assert fresh.headers != ana.headers
    assert fresh.customer(org_id).status_code == 200
    assert fresh.customer("new").status_code == 404
    assert sandbox.counts()["calls"]["customer"] == {"200": 1, "404": 1}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "nothing", b"", 404),
        ("GET", "orgs/x/cards", b"", 404),
        ("DELETE", "users", b"", 405),
        ("PUT", "faults", b"{", 400),
        ("PUT", "faults", b"{}", 400),
        ("PUT", "latency", b"[]", 400),
        ("PUT", "latency", b'{"seconds": -1}', 400),
        ("PUT", "latency", b'{"seconds": "slow"}', 400),
        ("PUT", "latency", b'{"seconds": Infinity}', 400),
        ("PUT", "clock", b"{}", 400),
        ("PUT", "clock", b'{"ahead": 86401}', 400),
        ("PUT", "today", b"{}", 400),
        ("PUT", "today", b'{"day": "yesterday"}', 400),
        ("PUT", "today", b'{"day": 5}', 400),
        ("PUT", "orgs/x", b'"x"', 400),
        ("PUT", "orgs/x", b'{"name": 5}', 400),
        ("PUT", "orgs/x", b'{"nmae": "x"}', 400),
        ("PUT", "orgs/x", b'{"payment": ["nobody"]}', 400),
        ("PUT", "orgs/x", b'{"payment": "ana"}', 400),
        ("DELETE", "orgs/x", b"", 404),
        ("DELETE", "orgs/x/customer", b"", 404),
        ("POST", "sessions/expire", b'{"username": "nobody"}', 400),
        ("POST", "sessions/expire", b'{"username": ["ana"]}', 400),
    ],
)
def test_a_control_request_that_cannot_be_done_is_refused_with_a_sentence(
    sandbox, method, path, body, status
):
    answer = requests.request(method, f"{sandbox.url}/sandbox/{path}", data=body, timeout=PATIENCE)

    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
