"""What changed, over the API: at one organization and at all."""

from datetime import timedelta

import pytest
from django.utils import timezone

from customers.models import Change
from tests.helpers.rows import ago, make_change, show


def make_kind(organization, kind: str, minutes: float, **differences) -> Change:
    change = make_change(organization, minutes, **differences)
    setattr(change, kind, True)
    change.save()
    return change


@pytest.fixture
def changed(customer) -> Change:
    return make_kind(customer.organization, "changed_method", 3, last4=["1111", "4242"])


def test_history_says_what_changed_between_which_answers(program, changed):
    changed.seen_with_id = None
    history = program.data("/orgs/org-1/history")["data"]

    (change,) = history["changes"]
    assert change == {
        "seen_at": changed.seen_at.isoformat(),
        "changed_after": changed.after.isoformat(),
        "kinds": ["changed_method"],
        "what": ["Payment method changed: Visa •••• 1111 to Visa •••• 4242"],
        "facts": {"last4": {"before": "1111", "after": "4242"}},
        "seen_with": None,
    }
    assert history["is_complete"] is True


def test_a_card_that_ended_is_part_of_the_history(ana, program):
    ended = timezone.localdate().replace(day=1) - timedelta(days=1)
    card = {"exp_month": ended.month, "exp_year": ended.year}
    show(ana, "org-2", first_checked_at=ago(60 * 24 * 90), **card)

    (change,) = program.data("/orgs/org-2/history")["data"]["changes"]

    assert change["kinds"] == ["card_expired"]
    assert change["seen_at"].startswith(ended.isoformat())


def test_history_is_cut_at_the_limit_and_says_so(program, customer, changed):
    make_change(customer.organization, minutes=2, email=["a@x.example", "b@x.example"])

    history = program.data("/orgs/org-1/history?limit=1")["data"]

    assert [list(change["facts"]) for change in history["changes"]] == [["email"]]
    assert history["is_complete"] is False


def test_changes_of_all_are_followed_by_cursor_to_the_end(ana, program, changed):
    other = show(ana, "org-2", "Second").organization
    for minutes in (5, 4, 2, 1):
        make_kind(other, "changed_balance", minutes, balance=[minutes, minutes - 1])

    seen, path = [], "/changes?limit=2"
    while path:
        part = program.data(path)
        seen += [line["seen_at"] for line in part["data"]]
        path = f"/changes?limit=2&cursor={part['next']}".replace("+", "%2B") if part["next"] else ""

    assert len(seen) == len(set(seen)) == part["count"] == 5
    assert seen == sorted(seen, reverse=True)


def test_nothing_is_behind_the_last_change(program, changed):
    """Where a page would show its first part again."""
    behind = f"{changed.seen_at.isoformat()}~{changed.pk}".replace("+", "%2B")

    assert program.data(f"/changes?cursor={behind}")["data"] == []


def test_changes_are_narrowed_by_time_and_kind(ana, program, customer, changed):
    make_kind(customer.organization, "changed_balance", 60 * 24 * 20, balance=[1, 2])

    def count(query: str) -> int:
        return len(program.data(f"/changes?{query}")["data"])

    assert count("") == 2
    assert count("since=week") == 1
    assert count(f"until={ago(60 * 24 * 10).date()}") == 1
    assert count(f"since={ago(10):%Y-%m-%dT%H:%M:%SZ}") == 1
    assert count("kind=changed_balance") == 1
    assert count("kind=changed_balance&kind=changed_method") == 2


@pytest.mark.parametrize(
    "query", ["since=soon", "until=week", "kind=none", "cursor=x", "limit=201", "limit=x", "day=1"]
)
def test_a_wrong_parameter_is_named(program, query):
    answer = program.get(f"/changes?{query}")

    assert answer.status_code == 422
    assert list(answer.json()["parameters"]) == [query.partition("=")[0]]
