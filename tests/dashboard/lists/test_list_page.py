"""What stands around the rows of a list: rail, chips, columns, and its pages."""

import re

import pytest

from tests.helpers.pages.lists import names_on, put_customer, see


def text_of(response):
    assert response.status_code == 200
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def four(as_ana, sandbox):
    for name in ("late", "later", "fine", "gone"):
        put_customer(sandbox, name, delinquent=name.startswith("late"))
    see(as_ana, "late", "later", "fine", "gone")
    return as_ana


def test_the_rail_counts_every_worklist_also_where_the_list_is_narrowed(four):
    for url in ("/orgs/", "/orgs/?worklist=deleted", "/orgs/?brand=Visa&worklist=delinquent"):
        rail = four.get(url).context["rail"]
        assert [group.label for group in rail if group.label] == ["To do", "To check", "Info"]
        counts = {link.label: link.count for group in rail for link in group.links}
        assert counts["Delinquent"] == "2", url
        assert counts["All organizations"] == "4", url


@pytest.mark.parametrize(
    ("worklist", "has"), [("delinquent", True), ("expires-before-renewal", False)]
)
def test_since_when_is_a_column_where_it_is_known(four, worklist, has):
    heads = four.get("/orgs/", {"worklist": worklist}).context["heads"]

    assert ("Since" in [head.label for head in heads]) == has


def test_names_that_are_only_similar_are_not_said_to_match(as_ana, sandbox):
    put_customer(sandbox, "northwind")
    see(as_ana, "northwind")

    similar = text_of(as_ana.get("/orgs/?q=nortwind"))
    found = text_of(as_ana.get("/orgs/?q=northwin"))

    assert "1 organization similar to “ nortwind ”" in similar
    assert "matching" not in similar
    assert "1 organization matching “ northwin ”" in found


def test_who_sees_no_organization_is_led_to_credentials_from_every_worklist(as_ana, sandbox):
    for url in ("/orgs/", "/orgs/?worklist=delinquent", "/orgs/?brand=Visa"):
        page = as_ana.get(url).content.decode()
        assert "No organizations yet" in page, url
        assert "All clear" not in page, url


def test_an_empty_worklist_is_all_clear(four):
    assert "All clear" in four.get("/orgs/?worklist=expired").content.decode()


def test_each_chip_takes_away_its_part_of_the_url_alone(four):
    response = four.get("/orgs/?worklist=delinquent&brand=Visa&case=open&sort=-name&start=3&mode=")

    chips = {chip.words: chip.url for chip in response.context["chips"]}

    assert chips == {
        "Worklist: Delinquent": "?brand=Visa&case=open&sort=-name",
        "Brand: Visa": "?worklist=delinquent&case=open&sort=-name",
        "Case: Open cases": "?worklist=delinquent&brand=Visa&sort=-name",
    }


def test_a_row_names_who_has_its_case(four):
    four.post("/orgs/late/case/take/")
    four.post("/orgs/later/case/snooze/", {"until": "tomorrow"})

    cells = dict(re.findall(r'title="(\w+)"><bdi>.*?c-owner[^>]*>(.*?)</td>', rows_of(four)))

    assert "<bdi>ana</bdi>" in cells["late"]
    assert "snoozed until" in cells["later"]
    assert cells["fine"] == "–"


def rows_of(browser):
    return "".join(browser.get("/orgs/").content.decode().splitlines())


def test_filters_keep_what_they_do_not_ask_for(four):
    response = four.get("/orgs/?worklist=delinquent&q=late&brand=Visa&after=x&start=4&other=1")

    assert response.context["hidden"] == [
        ("worklist", "delinquent"),
        ("q", "late"),
        ("other", "1"),
    ]


def test_chosen_columns_and_page_size_are_kept(four):
    sent = {"column": ["state", "country"], "page_size": "25", "next": "/orgs/?sort=-name"}

    response = four.post("/list-settings/", sent)

    assert response.url == "/orgs/?sort=-name"
    heads = four.get("/orgs/").context["heads"]
    assert [head.label for head in heads] == ["State", "Country"]
    four.post("/list-settings/", {"reset": "on", "column": "country", "page_size": "abc"})
    assert len(four.get("/orgs/").context["heads"]) > 4


def test_pages_are_numbered_there_and_back(four, monkeypatch):
    monkeypatch.setattr("customers.services.lists.preferences.PAGE_SIZE", 2)

    first = four.get("/orgs/")
    assert "1–2 of 4" in text_of(first)
    link = re.search(r'rel="next" href="([^"]+)"', first.content.decode())[1]
    second = four.get(f"/orgs/{link.replace('&amp;', '&')}")
    assert "3–4 of 4" in text_of(second)
    link = re.search(r'rel="prev" href="([^"]+)"', second.content.decode())[1]
    again = four.get(f"/orgs/{link.replace('&amp;', '&')}")

    assert "1–2 of 4" in text_of(again)
    assert names_on(again) == names_on(first)


@pytest.mark.parametrize(
    ("worklist", "sort"),
    [
        ("delinquent", "renewal"),
        ("expiring", "since"),
        ("could-not-check", "since"),
        ("changed", "-since"),
    ],
)
def test_a_worklist_begins_with_the_most_urgent(four, worklist, sort):
    assert four.get(f"/orgs/?worklist={worklist}").context["listed"].sort == sort
    assert four.get(f"/orgs/?worklist={worklist}&sort=name").context["listed"].sort == "name"
