"""The queue of the overview: whose it is, and what one click does."""

import html

import pytest
from django.contrib.auth.models import Permission

from customers.models import Case, CaseStep, Disclosure
from customers.services.cases.steps import assign
from tests.conftest import browser_of
from tests.helpers.rows import give_credentials, show


@pytest.fixture
def browser(ana):
    give_credentials(ana)
    ana.user_permissions.add(Permission.objects.get(codename="change_case"))
    return browser_of(ana)


def text_of(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def rows(answer):
    return [row.organization.org_id for row in answer.context["rows"]]


def test_one_click_takes_a_case_and_comes_back_to_the_queue(browser, ana):
    show(ana, "northwind", "Northwind", delinquent=True)
    show(ana, "southwind", "Southwind", delinquent=True)
    page = text_of(browser.get("/"))
    assert 'action="/orgs/northwind/case/take/"' in page
    assert '<input type="hidden" name="next" value="/">' in page

    answer = browser.post("/orgs/northwind/case/take/", {"next": "/"}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert "1 case is now yours." in text_of(answer)
    assert rows(answer) == ["southwind"]
    assert rows(browser.get("/?queue=mine")) == ["northwind"]
    assert CaseStep.objects.get().kind == "taken"


def test_what_is_done_on_mine_leads_back_to_mine(browser, ana):
    customer = show(ana, "northwind", delinquent=True)
    assign(ana, [customer.pk], ana)
    page = text_of(browser.get("/?queue=mine"))
    assert '<input type="hidden" name="next" value="/?queue=mine">' in page
    assert 'formaction="/orgs/northwind/case/handle/"' in page

    answer = browser.post("/orgs/northwind/case/handle/", {"next": "/?queue=mine"}, follow=True)

    assert answer.redirect_chain == [("/?queue=mine", 302)]
    assert rows(answer) == []
    assert "You own no open case, and no note mentions you." in text_of(answer)


def test_a_snooze_chosen_there_takes_it_off(browser, ana):
    show(ana, "northwind", delinquent=True)
    assert 'formaction="/orgs/northwind/case/snooze/"' in text_of(browser.get("/"))

    sent = {"next": "/", "until": "tomorrow"}
    answer = browser.post("/orgs/northwind/case/snooze/", sent, follow=True)

    assert rows(answer) == []
    assert "All clear: every open case has an owner or is snoozed." in text_of(answer)


def test_it_leads_to_no_other_site(browser, ana):
    show(ana, "northwind", delinquent=True)

    answer = browser.post("/orgs/northwind/case/take/", {"next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/orgs/northwind/"


def test_who_may_not_change_cases_is_offered_nothing(ana):
    give_credentials(ana)
    ana.user_permissions.remove(*Permission.objects.filter(codename="change_case"))
    ana.groups.clear()
    ana.user_permissions.add(Permission.objects.get(codename="view_customer"))
    show(ana, "northwind", delinquent=True)

    page = text_of(browser_of(ana).get("/"))

    assert "Needs action" in page
    assert "/case/take/" not in page


def test_each_row_says_why_and_who_has_it(browser, ana, ben):
    customer = show(ana, "northwind", "Northwind", delinquent=True)
    assign(ana, [customer.pk], ben)
    Case.objects.update(snoozed_until="2026-01-01")

    page = text_of(browser.get("/"))

    assert "Charge failed, snooze ended" in page
    assert "<bdi>ben</bdi>" in page


def test_the_names_in_the_queue_are_in_the_log(browser, ana):
    show(ana, "northwind", delinquent=True)
    show(ana, "fine")

    browser.get("/")

    assert [(it.org_id, it.where) for it in Disclosure.objects.all()] == [("northwind", "overview")]


def test_an_unknown_queue_is_the_teams(browser, ana):
    show(ana, "northwind", delinquent=True)

    assert rows(browser.get("/?queue=everybody")) == ["northwind"]
