"""Lists over the API: filters, and every organization once from the first part to the last."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db.models import F
from django.utils import timezone

from customers.models import Access, Customer, Disclosure, Organization
from customers.services.lists.worklists import WORKLISTS
from tests.helpers.programs.program import Program
from tests.helpers.rows import ago, show


def follow(program: Program, query: str, between=lambda: None) -> list[str]:
    """The org ids of a list from its first part to its last."""
    found, cursor = [], ""
    while True:
        part = program.data(f"/orgs?{query}{cursor}")
        found += [row["org_id"] for row in part["data"]]
        if not part["next"]:
            return found
        cursor = f"&cursor={quote(part['next'])}"
        between()


@pytest.fixture
def many(ana, program) -> list[str]:
    """Thirty delinquent organizations, of which every other has the same name."""
    ids = [f"many-{number:02}" for number in range(30)]
    for number, org_id in enumerate(ids):
        name = "Same" if number % 2 else f"Clinic {number:02}"
        show(ana, org_id, name, delinquent=True, delinquent_seen_at=ago(number))
    return ids


@pytest.mark.parametrize(
    "query", ["", "&sort=-name", "&sort=since", "&sort=-checked", "&sort=best"]
)
def test_following_a_list_gives_each_organization_once(program, many, query):
    found = follow(program, f"worklist=delinquent&limit=7{query}")

    assert sorted(found) == many


def test_checks_between_the_parts_neither_repeat_nor_lose_what_stays(program, many):
    """While a list is followed, a sync checks, pays and changes its organizations."""

    def check_some() -> None:
        now = timezone.now()
        Customer.objects.update(checked_at=now, asked_at=now, balance=F("balance") + 1)
        leaving = Customer.objects.filter(delinquent=True).order_by("-pk").first()
        left.append(leaving.organization.org_id)
        Customer.objects.filter(pk=leaving.pk).update(delinquent=False)

    left: list[str] = []
    found = follow(program, "worklist=delinquent&limit=4", check_some)

    assert len(found) == len(set(found))
    assert set(many) - set(left) <= set(found)


def test_nothing_is_behind_the_last_organization(ana, program, many):
    """Where a page would show its first part again."""
    part = program.data("/orgs?worklist=delinquent&limit=29")
    Customer.objects.filter(organization__org_id__in=set(many) - {_ids(part)[0]}).update(
        delinquent=False
    )

    behind = program.data(f"/orgs?worklist=delinquent&cursor={quote(part['next'])}")

    assert (behind["data"], behind["next"]) == ([], None)


def test_a_row_says_how_it_is_known_and_is_recorded(program, customer):
    (row,) = program.data("/orgs")["data"]

    assert row["as_of"] == customer.checked_at.isoformat()
    assert row["source"] == {"checked_by": "ana", "proof": "own"}
    assert row["stale"] is False
    assert Disclosure.objects.get().where == "api"


def test_a_list_holds_only_what_is_proved(ana, program):
    show(ana, "org-2")
    Access.objects.filter(organization__org_id="org-2").update(
        customer_sent_at=timezone.now() - timedelta(days=4)
    )

    part = program.data("/orgs")

    assert (_ids(part), part["count"]) == (["org-1"], 1)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("brand=JCB", ["org-2"]),
        ("expires=2027-05", ["org-2"]),
        ("mode=test", ["org-2"]),
        ("card_of=org-2", []),
        ("case=open", ["org-2"]),
        ("q=Second", ["org-2"]),
        ("worklist=delinquent", ["org-2"]),
        ("worklist=delinquent&brand=Visa", []),
    ],
)
def test_the_filters_of_the_portals_list(ana, program, query, found):
    expiring = {"expires_on": "2027-05-31", "exp_month": 5, "exp_year": 2027}
    show(ana, "org-2", "Second", brand="JCB", livemode=False, delinquent=True, **expiring)

    assert _ids(program.data(f"/orgs?{query}")) == found


@pytest.mark.parametrize(
    "query",
    [
        *("worklist=none", "sort=size", "mode=x", "expires=2027-13", "case=x", "card_of=a/b"),
        *("brand=", "q=%00", "limit=0", "limit=201", "cursor=x", "worklst=expired", "cursor="),
    ],
)
def test_a_wrong_parameter_is_named_and_never_ignored(program, query):
    answer = program.get(f"/orgs?{query}")

    assert answer.status_code == 422
    assert list(answer.json()["parameters"]) == [query.partition("=")[0]]


def test_a_cursor_of_another_order_is_refused(program, many):
    part = program.data("/orgs?limit=5")

    answer = program.get(f"/orgs?limit=5&sort=checked&cursor={quote(part['next'])}")

    assert answer.json()["parameters"].keys() == {"cursor"}


def test_every_worklist_has_its_count(program, many):
    lists = program.data("/worklists")["data"]

    assert [each["key"] for each in lists] == [worklist.key for worklist in WORKLISTS]
    assert next(each["count"] for each in lists if each["key"] == "delinquent") == 30
    assert program.data("/orgs?worklist=delinquent&limit=1")["count"] == 30


def test_a_text_opens_the_organization_that_nothing_in_it_contradicts(ana, program):
    show(ana, "org-2", "Second Clinic", last4="9876")

    alone = program.post("/search", {"text": "Second Clinic, card 9876"}).json()
    unsure = program.post("/search", {"text": "Clinic"}).json()
    none = program.post("/search", {"text": "nobody@nowhere.example *1234"}).json()

    assert (alone["opens"], _ids(alone)) == ("org-2", ["org-2"])
    assert any("Second Clinic" in words for words in alone["data"][0]["fits"])
    assert unsure["opens"] is None
    assert sorted(_ids(unsure)) == ["org-1", "org-2"]
    assert (none["opens"], none["data"]) == (None, [])


def test_an_id_alone_opens_without_a_look_whether_it_is_known(program):
    Organization.objects.create(org_id="0d4cbb29-1f51-4df6-b6b0-6ca1b6a1a001", name="Hidden")
    told = []
    for last in ("1", "2"):
        org_id = f"0d4cbb29-1f51-4df6-b6b0-6ca1b6a1a00{last}"
        told.append(program.post("/search", {"text": org_id}).json() | {"opens": ""})

    assert told[0] == told[1]
    assert told[0]["data"] == []


@pytest.mark.parametrize("text", ["", " ", "x" * 50_001])
def test_a_text_that_cannot_be_searched(program, text):
    assert program.post("/search", {"text": text}).status_code == 422


def _ids(part) -> list[str]:
    return [row["org_id"] for row in part["data"]]
