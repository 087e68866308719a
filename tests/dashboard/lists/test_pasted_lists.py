"""What the search box makes of a pasted list, and of a text that contradicts what it finds."""

import re

import pytest
from django.contrib.auth.models import User

from customers.models import Organization
from customers.services.search.clues import MOST
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


def test_thirty_pasted_ids_are_thirty_rows(ana, anas_browser):
    for org_id in uuids(30):
        show(ana, org_id, name=f"Clinic {org_id[-2:]}")

    response, words = search_for(anas_browser, "\n".join(uuids(30)))

    assert all(f'href="/orgs/{org_id}/"' in response.content.decode() for org_id in uuids(30))
    assert "30 organizations matching" in words
    assert "left out" not in words


def test_ids_beyond_the_bound_are_said_to_be_left_out(ana, anas_browser):
    _, words = search_for(anas_browser, "\n".join(uuids(MOST + 12)))
    assert "the last 12 were left out" in words

    _, words = search_for(anas_browser, "\n".join(uuids(MOST + 1)))
    assert "1 was left out" in words


def test_a_list_of_ids_names_what_is_not_among_them(ana, anas_browser):
    show(ana, uuids(3)[0], name="The First")

    response, words = search_for(anas_browser, "\n".join([*uuids(3), "cus_Nope", "a@b.example"]))

    assert "The First" in words
    assert "You can’t see 2 of these org ids. Ask Catalyze for:" in words
    assert response.content.decode().count(f'href="/orgs/{uuids(3)[2]}/"') == 1
    assert "No results for cus_Nope, a@b.example." in words


def test_a_hit_that_the_text_contradicts_is_listed_with_both_sides(ana, anas_browser):
    show(ana, "amber", name="Amber Cardiology Clinic", last4="2877")

    response, words = search_for(anas_browser, "Amber card ending in 1142")

    assert response.redirect_chain[0][0].startswith("/orgs/?q=")
    assert "name “Amber Cardiology Clinic” card ends in 2877, not 1142" in words
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

    as_ana.post("/check-selected/", {"org_id": uuids(30)})

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
