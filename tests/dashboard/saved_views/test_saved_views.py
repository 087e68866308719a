"""Lists under names: saved above a list, opened in the rail, changed, updated and deleted."""

import csv
import re

import pytest

from customers.models import SavedView
from customers.services.lists.columns import DEFAULT
from tests.helpers.pages.lists import CARD, names_on, put_customer, see
from tests.helpers.pages.saved_views import current_in_rail, rail_of, save_view, text_of
from tests.helpers.pages.sent_forms import form_on

DEBIT = "worklist=delinquent&brand=Visa&funding=debit&currency=eur"


@pytest.fixture
def desk(as_ana, sandbox):
    """Two delinquent Visa debit cards in euro among others."""
    debit = {"delinquent": True, "active_card": CARD | {"funding": "debit"}, "currency": "eur"}
    for name, more in (
        ("first", {"account_balance": 100}),
        ("second", {"account_balance": 900}),
        ("paid", {"delinquent": False}),
        ("dollar", {"currency": "usd"}),
        ("credit", {"active_card": CARD | {"funding": "credit"}}),
    ):
        put_customer(sandbox, name, **{**debit, "email": f"pay@{name}.example", **more})
    see(as_ana, "first", "second", "paid", "dollar", "credit")
    return as_ana


def test_a_saved_list_is_opened_and_exported_with_e_mail_in_two_steps(desk):
    save_view(desk, "Euro debit", f"{DEBIT}&sort=-balance")

    link = re.search(r'href="(/views/\d+/)"', desk.get("/orgs/").content.decode())[1]
    opened = desk.get(link, follow=True)
    export = re.search(r'href="(/export/[^"]*)"', opened.content.decode())[1]
    exported = desk.get(export.replace("&amp;", "&"))

    assert names_on(opened) == ["second", "first"]
    rows = list(csv.DictReader(exported.getvalue().decode().splitlines()))
    assert [(row["name"], row["email"]) for row in rows] == [
        ("second", "pay@second.example"),
        ("first", "pay@first.example"),
    ]


def test_an_opened_view_has_chips_pages_and_heads_as_any_list(desk):
    view = save_view(desk, "Euro debit", DEBIT)

    opened = desk.get(f"/views/{view.pk}/", follow=True)

    assert opened.redirect_chain == [(f"/orgs/?{DEBIT}&view={view.pk}", 302)]
    chips = {chip.words: chip.url for chip in opened.context["chips"]}
    assert set(chips) == {"Worklist: Delinquent", "Brand: Visa", "Funding: debit", "Currency: EUR"}
    assert chips["Funding: debit"].endswith(f"currency=eur&view={view.pk}")
    assert ("view", str(view.pk)) in opened.context["hidden"]
    assert "<h1><bdi>Euro debit</bdi></h1>" in opened.content.decode()
    assert current_in_rail(opened) == ["Euro debit"]


@pytest.mark.parametrize(
    ("query", "offers"),
    [
        ("", False),
        ("view=&brand=", False),
        ("worklist=delinquent", True),
        ("sort=-name", True),
        ("q=first", True),
        ("columns=email", True),
    ],
)
def test_saving_is_offered_once_a_list_is_narrowed_sorted_or_arranged(desk, query, offers):
    page = desk.get(f"/orgs/?{query}")

    assert ("Save view" in text_of(page)) == offers


def test_views_are_counted_in_the_rail_and_the_open_one_as_its_page_says(desk, sandbox):
    save_view(desk, "Euro debit", DEBIT)
    view = save_view(desk, "Late", "worklist=delinquent")
    assert rail_of(desk) == {"Euro debit": "2", "Late": "4"}

    put_customer(sandbox, "newer", delinquent=True)
    see(desk, "newer")

    assert rail_of(desk, f"/views/{view.pk}/")["Late"] == "5"


def test_names_that_are_only_similar_count_for_nothing(desk):
    view = save_view(desk, "Search", "q=secomd")

    opened = desk.get(f"/views/{view.pk}/", follow=True)

    assert names_on(opened) == ["second"]
    assert "similar to" in text_of(opened)
    assert rail_of(desk, f"/views/{view.pk}/") == rail_of(desk) == {"Search": "0"}


def test_nobody_without_views_has_a_section_for_them(desk):
    assert "Saved views" not in text_of(desk.get("/orgs/"))


def test_a_view_shows_its_columns_and_leaves_the_usual_ones_alone(desk):
    desk.post("/list-settings/", {"column": ["state", "country"], "page_size": "25"})
    view = save_view(desk, "Late")
    desk.post("/list-settings/", {"column": "email", "page_size": "50"})

    def columns(url):
        return [head.label for head in desk.get(url, follow=True).context["heads"]]

    assert columns(f"/views/{view.pk}/") == ["State", "Country"]
    assert columns("/orgs/?worklist=delinquent") == ["E-mail"]


def test_columns_of_an_open_view_are_chosen_for_it_alone(desk):
    view = save_view(desk, "Late")
    opened = desk.get(f"/views/{view.pk}/", follow=True)
    form = form_on(opened, "/list-settings/")

    sent = form | {"column": ["email", "state"], "page_size": "50"}
    answer = desk.post("/list-settings/", sent, follow=True)

    assert [head.label for head in answer.context["heads"]] == ["State", "E-mail"]
    assert answer.context["page_size"] == 50
    assert answer.context["views"].differs
    usual = desk.get("/orgs/?worklist=delinquent").context["views"]
    assert usual.columns == DEFAULT
    update = form_on(answer, f"/views/{view.pk}/update/")
    desk.post(f"/views/{view.pk}/update/", update)
    view.refresh_from_db()
    assert view.columns == ["state", "email"]


def test_a_list_that_differs_from_its_view_updates_it(desk):
    view = save_view(desk, "Late")
    opened = desk.get(f"/views/{view.pk}/", follow=True)
    assert "Update view" not in text_of(opened)

    changed = desk.get(f"/orgs/?worklist=delinquent&funding=debit&sort=-balance&view={view.pk}")
    assert "Update view" in text_of(changed)
    action = f"/views/{view.pk}/update/"
    answer = desk.post(action, form_on(changed, action), follow=True)

    assert "The view was updated." in text_of(answer)
    assert answer.redirect_chain[-1][0].endswith(f"funding=debit&sort=-balance&view={view.pk}")
    view.refresh_from_db()
    assert view.parameters == {"worklist": "delinquent", "funding": "debit", "sort": "-balance"}


def test_a_later_page_does_not_differ_from_its_view(desk):
    view = save_view(desk, "Late")

    page = desk.get(f"/orgs/?worklist=delinquent&start=26&after=x&view={view.pk}")

    assert not page.context["views"].differs


def test_a_view_is_renamed_and_shared_from_its_list(desk):
    view = save_view(desk, "Late")
    action = f"/views/{view.pk}/change/"
    form = form_on(desk.get(f"/views/{view.pk}/", follow=True), action)
    assert form["name"] == ["Late"]

    answer = desk.post(action, form | {"name": "Very late", "shared": "on"}, follow=True)

    assert "The view was changed." in text_of(answer)
    view.refresh_from_db()
    assert (view.name, view.is_shared) == ("Very late", True)


def test_a_view_is_deleted_from_its_list_which_stays_open(desk):
    view = save_view(desk, "Late")
    action = f"/views/{view.pk}/delete/"
    form = form_on(desk.get(f"/views/{view.pk}/", follow=True), action)

    answer = desk.post(action, form, follow=True)

    assert answer.redirect_chain == [("/orgs/?worklist=delinquent", 302)]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("key", ["0", "999", "9" * 18, "9" * 40])
def test_a_view_that_is_gone_is_a_sentence_and_not_an_error(desk, key):
    led = desk.get(f"/views/{key}/", follow=True)
    assert "This saved view no longer exists" in text_of(led)
    assert len(names_on(led)) == 5

    beside = desk.get(f"/orgs/?worklist=delinquent&funding=debit&currency=eur&view={key}")
    assert "no longer exists, or is no longer shared with you. Its filters" in text_of(beside)
    assert names_on(beside) == ["first", "second"]

    for act in ("change", "update", "delete"):
        answer = desk.post(f"/views/{key}/{act}/", {"name": "x"}, follow=True)
        assert "This saved view no longer exists" in text_of(answer), act


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "٣", "9" * 5000])
def test_a_view_that_cannot_be_is_none(desk, value):
    assert "This saved view no longer exists" in text_of(desk.get("/orgs/", {"view": value}))
    assert desk.get("/views/", {"after": value}).status_code == 200


def test_all_views_are_on_one_page_with_what_they_hold(desk):
    save_view(desk, "Euro debit", DEBIT, shared=True)
    save_view(desk, "Everything", "sort=-name")

    page = text_of(desk.get("/views/"))

    assert "Euro debit shared" in page
    assert "Worklist: Delinquent · Brand: Visa · Funding: debit · Currency: EUR" in page
    assert "Everything All organizations" in page
    assert "Nothing is shared yet" in page
