"""An ordinary desk, as without --odd: plausible organizations whose customers have lives."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.helpers.sandbox_caller import Caller
from tests.helpers.sandbox_process import SandboxProcess

TODAY = date(2026, 3, 31)
OPTIONS = ("--today", TODAY.isoformat())


@pytest.fixture(scope="module")
def desk() -> Any:
    with SandboxProcess(*OPTIONS, is_odd=False) as sandbox:
        yield sandbox


@pytest.fixture
def ask(desk):
    """The customer of a name, so many days before."""
    ana = Caller(desk, "ana")

    def ask(name: str, ago: int = 0) -> Any:
        day = TODAY - timedelta(days=ago)
        desk.control("PUT", "today", json={"day": day.isoformat()})
        answer = ana.customer(desk.org_id(name))
        return answer.json() if answer.ok else answer.status_code

    yield ask
    desk.reset()


def status(customer: dict[str, Any]) -> str:
    return str(customer["subscriptions"]["data"][0]["status"])


def test_every_organization_has_a_plain_name_of_its_own():
    with SandboxProcess("--organizations", "2000", is_odd=False) as sandbox:
        names = [org["name"] for org in sandbox.organizations()]

    assert len(set(names)) == 2000
    assert all(name.replace("’", "").replace(" ", "").replace("-", "").isalnum() for name in names)


def test_most_are_fine(desk):
    ana = Caller(desk, "ana")
    answers = [ana.customer(org["org_id"]) for org in desk.organizations()]
    told = Counter(answer.json().get("delinquent") for answer in answers if answer.ok)

    assert len(answers) == 250
    assert told[False] > 235
    assert 4 <= told[True] <= 8
    assert 2 <= sum(answer.status_code == 403 for answer in answers) <= 6


def test_a_charge_fails_and_is_paid(ask):
    before, failed, paid = (ask("Elm Park Therapy", ago) for ago in (76, 75, 60))

    assert [customer["delinquent"] for customer in (before, failed, paid)] == [False, True, False]
    assert [status(customer) for customer in (before, failed, paid)] == [
        "active",
        "past_due",
        "active",
    ]


def test_but_for_what_happens_a_customer_is_the_same_on_every_day(ask):
    def without_periods(customer: dict[str, Any]) -> dict[str, Any]:
        for subscription in customer["subscriptions"]["data"]:
            del subscription["current_period_start"], subscription["current_period_end"]
        return customer

    days = [without_periods(ask("Cedar Valley Health", ago)) for ago in (300, 84, 0, -200)]

    assert days[1:] == days[:-1]


@pytest.mark.parametrize("name", ["Elm Park Therapy", "Cedar Valley Health"])
def test_a_period_ends_after_the_day_that_is_asked_on(ask, name):
    for ago in (365, 84, 31, 1, 0, -40, -400):
        (subscription,) = ask(name, ago)["subscriptions"]["data"]
        start, end = (
            datetime.fromtimestamp(subscription[f"current_period_{edge}"], UTC).date()
            for edge in ("start", "end")
        )
        assert start <= TODAY - timedelta(days=ago) < end


def test_a_card_goes_a_customer_comes_and_another_is_deleted(ask):
    assert ask("Pinecrest Family Practice", 25)["delinquent"] is False
    assert "card_" not in str(ask("Pinecrest Family Practice", 24))
    assert "pm_" not in str(ask("Pinecrest Family Practice", 24))
    assert ask("Oakline Orthopedics", 38)["deleted"] is True
    assert ask("Oakline Orthopedics", 38)["id"] == ask("Oakline Orthopedics", 39)["id"]
    assert ask("Hemlock Speech Therapy") == 400


def test_expiry_is_counted_from_the_day_that_lives_end_on():
    later = TODAY + timedelta(days=90)
    with (
        SandboxProcess(*OPTIONS, is_odd=False) as first,
        SandboxProcess(
            "--today", later.isoformat(), "--lives-end-on", TODAY.isoformat(), is_odd=False
        ) as again,
    ):
        org_id = first.org_id("Yarrow Nutrition")
        told = [Caller(sandbox, "ana").customer(org_id).json() for sandbox in (first, again)]

    assert "'exp_month': 2, 'exp_year': 2026" in str(told[0])
    assert "'exp_month': 2, 'exp_year': 2026" in str(told[1])


def test_a_reset_takes_the_day_back(desk, ask):
    ask("Elm Park Therapy", 75)

    desk.reset()

    org_id = desk.org_id("Elm Park Therapy")
    assert Caller(desk, "ana").customer(org_id).json()["delinquent"] is False
