"""What the search box makes of a pasted list, and of a text that contradicts what it finds."""

import re

import pytest
from django.contrib.auth.models import User

from customers.models import Organization
from tests.conftest import browser_of
from tests.helpers.rows import give_credentials, show


@pytest.fixture
def anas_browser(ana):
    give_credentials(ana)
    return browser_of(ana)


def uuids(count):
    return [f"00000000-0000-4000-8000-{number:012}" for number in range(count)]


def search_for(client, text):
    """The page that a text leads to, in plain words."""
    response = client.post("/search/", {"q": text}, follow=True)
    assert response.status_code == 200
    html = re.sub("</?bdi>", "", response.content.decode())
    return response, " ".join(re.sub("<[^>]*>", " ", html).split())


def test_a_hit_that_the_text_contradicts_is_listed_with_both_sides(ana, anas_browser):
    show(ana, "amber", name="Amber Cardiology Clinic", last4="2877")

    response, words = search_for(anas_browser, "Amber card ending in 1142")

    assert response.redirect_chain[0][0].startswith("/orgs/?q=")
    assert "card ends in 2877, not 1142 name “Amber Cardiology Clinic”" in words
    assert "No results for •••• 1142." in words


@pytest.mark.parametrize("text", ["card ending in 1142", "ending 9999"])
def test_words_about_cards_find_no_name(ana, anas_browser, text):
    show(ana, "amber", name="Amber Cardiology Ending Clinic", last4="2877")

    response, words = search_for(anas_browser, text)

    assert response.redirect_chain[0][0].startswith("/orgs/?q=")
    assert f"No results for “{text}”" in words


def test_everything_selected_of_a_pasted_list_is_checked(as_ana, sandbox):
    for org_id in uuids(30):
        sandbox.put_org(org_id, payment=["ana"])
        sandbox.put_customer(org_id, {"object": "customer", "id": "cus_1", "cards": {"data": []}})
        as_ana.get(f"/orgs/{org_id}/")
    before = sandbox.counts()["calls"]["customer"]["200"]

    as_ana.post("/check-selected/", {"org": uuids(30)})

    assert sandbox.counts()["calls"]["customer"]["200"] == before + 30


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("muller", ["Müller Öl"]),
        ("MU\u0308LLER öl", ["Müller Öl"]),
        ("A-1", ["Müller Öl"]),
        ("muller B-2", []),
        ("ze", ["Zebra"]),
        ("", ["apple", "Müller Öl", "Zebra"]),
    ],
)
def test_the_back_office_finds_and_sorts_names_as_lists_do(db, text, names):
    for org_id, name in (("A-1", "Müller Öl"), ("B-2", "Zebra"), ("C-3", "apple")):
        Organization.objects.create(org_id=org_id, name=name)
    client = browser_of(User.objects.create_superuser("root"))

    for order in ("", "1"):
        response = client.get("/admin/customers/organization/", {"q": text, "o": order})
        assert [row.name for row in response.context["cl"].result_list] == names
