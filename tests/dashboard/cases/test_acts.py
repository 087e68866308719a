"""Cases on pages: taking one, many at once, and what is said of it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.context_processors import PermWrapper
from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.template.loader import render_to_string
from django.utils import timezone

from customers.models import Case, CaseStep, Customer, Mention
from customers.services.cases import steps
from customers.services.wording.expiry import today
from tests.conftest import browser_of, make_staff
from tests.helpers.rows import give_credentials, grant, show

SOON = today() + timedelta(days=3)


@pytest.fixture
def desk(ana):
    give_credentials(ana)
    return browser_of(ana)


@pytest.fixture
def many(ana, desk):
    return [show(ana, f"org-{number}", delinquent=True) for number in range(4)]


def post(desk, url, **data):
    """What the page says after it."""
    answer = desk.post(url, data)
    assert answer.status_code == 302
    return [str(message) for message in get_messages(answer.wsgi_request)]


def owners():
    cases = Case.objects.order_by("customer__organization__org_id")
    return list(cases.values_list("customer__organization__org_id", "owner__username"))


def test_a_case_is_handed_to_a_colleague_from_the_page(desk, many, ben):
    give_credentials(ben, "another token of the tests")
    grant(ben, many[1].organization)

    said = post(desk, "/orgs/org-1/case/assign/", owner=ben.pk)

    assert said == ["1 case assigned to ben."]
    page = desk.get("/orgs/org-1/").content.decode()
    assert "ana assigned it to ben" in page
    assert f'<option value="{ben.pk}" selected>ben</option>' in page


@pytest.mark.parametrize(
    ("act", "data", "said", "kind"),
    [
        ("take", {}, "2 cases are now yours.", "taken"),
        ("assign", {"owner": ""}, "2 cases no longer have an owner.", "released"),
        ("handle", {}, "2 cases marked as handled.", "handled"),
        ("reopen", {}, "2 cases reopened.", "reopened"),
    ],
)
def test_those_that_are_ticked_are_acted_on_together(desk, many, act, data, said, kind):
    show(make_staff("dora"), "others")
    ticked = ["org-0", "org-2", "others", "unheard-of"]
    post(desk, "/cases/take/", org=ticked)
    post(desk, "/cases/snooze/", org=ticked, until="tomorrow")
    CaseStep.objects.all().delete()

    told = post(desk, f"/cases/{act}/", org=ticked, **data)

    assert told[-1] == said
    assert [org_id for org_id, _owner in owners()] == ["org-0", "org-2"]
    assert set(CaseStep.objects.values_list("kind", flat=True)) == {kind}


@pytest.mark.parametrize(
    ("until", "day"),
    [
        ({"until": "tomorrow"}, today() + timedelta(days=1)),
        ({"until": "next-week"}, today() + timedelta(days=7 - today().weekday())),
        ({"until": "day", "until_day": SOON.isoformat()}, SOON),
        ({"until_day": SOON.isoformat()}, SOON),
    ],
)
def test_cases_are_snoozed_until_a_day(desk, many, until, day):
    post(desk, "/cases/snooze/", org=["org-0"], **until)

    assert Case.objects.get().snoozed_until == day


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("snooze", {"until": "day"}),
        ("snooze", {"until": "day", "until_day": today().isoformat()}),
        ("snooze", {"until": "day", "until_day": "2999-01-01"}),
        ("snooze", {"until": "day", "until_day": "soon"}),
        ("snooze", {"until": "never"}),
        ("assign", {"owner": "999999"}),
        ("assign", {"owner": "ben"}),
    ],
)
def test_what_makes_no_sense_changes_nothing_and_says_so(desk, many, act, data):
    (said,) = post(desk, f"/cases/{act}/", org=["org-0"], **data)

    assert "Nothing was changed." in said
    assert not Case.objects.exists()


def test_it_says_of_how_many_cases_a_colleague_will_not_know(desk, many, ben):
    give_credentials(ben, "another token of the tests")
    grant(ben, many[0].organization)

    said = post(desk, "/cases/assign/", org=["org-0", "org-1", "org-2"], owner=ben.pk)

    assert said == [
        "3 cases assigned to ben.",
        "ben has no access to 2 of them, and will not see their cases.",
    ]


def test_only_active_staff_may_be_given_a_case(desk, many, ben):
    User.objects.filter(pk=ben.pk).update(is_active=False)

    (said,) = post(desk, "/cases/assign/", org=["org-0"], owner=ben.pk)

    assert "Nothing was changed." in said
    assert not Case.objects.exists()


def test_all_rows_of_a_list_are_acted_on_whatever_page_it_shows(desk, ana, many):
    show(ana, "fine")

    said = post(desk, "/cases/take/", all="?worklist=delinquent&after=x")

    assert said == ["4 cases are now yours."]
    assert owners() == [(f"org-{number}", "ana") for number in range(4)]


def test_all_rows_are_so_many_at_most(desk, many, monkeypatch):
    monkeypatch.setattr(steps, "MOST_AT_ONCE", 3)

    said = post(desk, "/cases/handle/", all="worklist=delinquent&sort=name")

    assert said == [
        "3 cases marked as handled.",
        "Only the first 3 were changed. Repeat it for the rest.",
    ]


def test_a_page_that_was_open_when_the_billing_changed_puts_nothing_to_rest(desk, many):
    page = desk.get("/orgs/org-0/").content.decode()
    (seen,) = re.findall(r'name="seen" value="([^"]+)"', page.partition('id="case"')[2])
    Customer.objects.update(delinquent_seen_at=timezone.now())

    post(desk, "/orgs/org-0/case/handle/", seen=seen)

    assert "Open again, billing changed" in desk.get("/orgs/org-0/").content.decode()


def test_the_bar_of_a_list_sends_each_act_to_its_own_address(ana):
    parts = {"user": ana, "perms": PermWrapper(ana)}

    bar = render_to_string("case/_bulk_actions.html", parts)

    found = re.findall(r'formaction="/cases/([a-z]+)/"', bar)
    assert set(found) == {"take", "assign", "snooze", "handle"}
    for key in ("case-take", "case-assign", "case-snooze", "case-handle"):
        assert bar.count(f'id="{key}"') == 1


def test_without_a_selection_it_says_what_to_do(desk, many):
    assert post(desk, "/cases/take/") == ["Select at least one organization."]


def test_an_unknown_act_is_not_found(desk, many):
    assert desk.post("/cases/burn/", {"org": "org-0"}).status_code == 404


def test_it_leads_back_to_where_it_was_done(desk, many):
    answer = desk.post("/cases/take/", {"org": "org-0", "next": "/orgs/?worklist=mine"})

    assert answer["Location"] == "/orgs/?worklist=mine"


@pytest.mark.parametrize(("case", "listed"), [("open", 3), ("mine", 1), ("nobody", 2)])
def test_a_list_is_narrowed_to_how_cases_stand(desk, many, case, listed):
    post(desk, "/cases/take/", org=["org-0"])
    post(desk, "/cases/handle/", org=["org-1"])

    page = desk.get("/orgs/", {"worklist": "delinquent", "case": case})

    assert len(page.context["page"].rows) == page.context["page"].count == listed


def test_what_the_desk_did_shows_in_the_counts_at_once(desk, many):
    assert desk.get("/orgs/?worklist=mine").context["page"].count == 0

    post(desk, "/cases/take/", org=["org-0", "org-1"])

    assert desk.get("/orgs/?worklist=mine").context["page"].count == 2


def test_who_may_only_look_is_told_how_it_stands(many, ana):
    ana.groups.clear()
    ana.user_permissions.add(Permission.objects.get(codename="view_customer"))

    page = browser_of(ana).get("/orgs/org-0/").content.decode()

    assert "no owner" in page
    assert "/case/" not in page


def test_a_note_tells_the_writer_whom_it_was_put_before(desk, many, ana, ben):
    give_credentials(ben, "another token of the tests")
    make_staff("carla")
    grant(ben, many[0].organization)

    said = post(desk, "/orgs/org-0/notes/", text="@ben, see @carla and @dora")

    assert said == [
        "Note added.",
        "It is on the list “Mine” of ben.",
        "carla was not notified: they have no access here.",
        "Not notified: no colleague is called dora.",
    ]
    browser_of(ben).get("/orgs/org-0/")
    assert Mention.objects.get().seen_at
