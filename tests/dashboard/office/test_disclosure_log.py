"""The page of the disclosure log: names, lines, filters."""

import pytest
from django.contrib.auth.models import User

from customers.models import Disclosure
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin
from tests.conftest import browser_of
from tests.helpers.rows import make_customer, make_organization

LOG = "/admin/customers/disclosure/"


@pytest.fixture
def root(db):
    return browser_of(User.objects.create_superuser("root"))


@pytest.fixture
def shown(ana):
    clinics = [make_customer(make_organization(f"clinic-{number}")) for number in range(5)]
    organization = clinics[4].organization
    organization.name = "Northwind <b>"
    organization.save()
    record(ana, clinics, "list", Origin(ip_address="192.0.2.7"))
    return Disclosure.objects.first()


def test_a_line_names_user_way_and_organizations(root, shown):
    page = root.get(LOG).content.decode()

    assert "<bdi>Northwind &lt;b&gt;</bdi>" in page
    assert '<a class="quiet" href="?organization=clinic-4"><bdi>clinic-4</bdi></a>' in page
    assert f'<a href="?together={shown.shown_together}">and 2 more</a>' in page
    assert '<a href="?user=ana"><bdi>ana</bdi></a>' in page
    assert "192.0.2.7" in page


def test_what_was_shown_together_is_one_click_away(root, shown):
    page = root.get(LOG, {"together": shown.shown_together}).content.decode()

    assert "These were shown together" in page
    assert all(f"clinic-{number}" in page for number in range(5))


@pytest.mark.parametrize(
    "query",
    [{"user": "ben"}, {"organization": "nobody"}, {"day": "2026-01-01"}, {"where": "page"}],
)
def test_filters_leave_out_the_rest(root, shown, query):
    assert "No entries" in root.get(LOG, query).content.decode()


def test_a_filter_is_kept_on_older_pages(root, shown, ana):
    for _ in range(51):
        record(ana, [shown.organization.customer], "page", Origin())

    page = root.get(LOG, {"where": "page", "user": "ana"}).content.decode()

    before = Disclosure.objects.filter(where="page").order_by("pk")[1].pk
    assert f'href="?where=page&amp;user=ana&amp;before={before}"' in page
    older = root.get(LOG, {"where": "page", "user": "ana", "before": before}).content.decode()
    assert older.count('<th scope="row">') == 1


@pytest.mark.parametrize("query", [{"day": "soon"}, {"where": "nowhere"}, {"before": "x"}])
def test_what_is_no_filter_is_named(root, shown, query):
    answer = root.get(LOG, query)

    assert answer.status_code == 200
    assert "clinic-4" in answer.content.decode()


def test_an_entry_says_the_name_of_its_organization(root, shown):
    page = root.get(f"{LOG}{shown.pk}/change/").content.decode()

    assert "Northwind &lt;b&gt;" in page


def test_only_who_may_see_the_log_opens_it(ana):
    assert browser_of(ana).get(LOG).status_code == 403
