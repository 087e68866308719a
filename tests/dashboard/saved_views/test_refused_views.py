"""What may not be saved or shared is said beside what was typed, and names stay text."""

import pytest

from customers.models import SavedView
from tests.helpers.pages.lists import put_customer, see
from tests.helpers.pages.saved_views import rail_of, save_view, text_of
from tests.helpers.pages.sent_forms import form_on


@pytest.fixture
def desk(as_ana, sandbox):
    put_customer(sandbox, "first", delinquent=True)
    see(as_ana, "first")
    return as_ana


REFUSED = [
    ({"name": ""}, "Give the view a name."),
    ({"name": "\u200b\u2800"}, "Give the view a name."),
    ({"name": "x" * 61}, "A name can have at most 60 characters."),
    ({"name": "LATE"}, "You already have a view with this name."),
    ({"name": "for cus_1234", "shared": "on"}, "shared view can’t contain an id"),
    ({"name": "new", "list": "q=first", "shared": "on"}, "the text could name a customer"),
    ({"name": "new", "list": "card_of=first", "shared": "on"}, "it names the organization"),
    ({"name": "new", "list": "brand=first", "shared": "on"}, "not a known category"),
    ({"name": "new", "list": "q=4242424242424242"}, "what looks like a card number"),
    ({"name": "new", "list": f"q={'x+' * 1500}"}, "too many search terms"),
]


@pytest.mark.parametrize(("sent", "words"), REFUSED)
def test_what_is_refused_says_why_and_keeps_what_was_typed(desk, sent, words):
    save_view(desk, "Late")

    answer = desk.post("/views/", {"list": "worklist=expired", "column": "state", **sent})

    assert words in text_of(answer)
    assert SavedView.objects.count() == 1
    form = form_on(answer, "/views/")
    assert form["list"] == [sent.get("list", "worklist=expired")]
    assert form["column"] == ["state"]
    assert ("shared" in form) == ("shared" in sent)


def test_a_refused_view_is_saved_under_another_name(desk):
    save_view(desk, "Late")
    form = form_on(desk.post("/views/", {"name": "late", "list": "worklist=expired"}), "/views/")
    assert form["name"] == ["late"]

    desk.post("/views/", form | {"name": "Expired"})

    assert SavedView.objects.latest("pk").parameters == {"worklist": "expired"}


def test_a_search_is_offered_as_an_own_view_alone(desk):
    page = desk.get("/orgs/?q=first")

    assert "can’t be shared" in text_of(page)
    assert 'name="shared"' not in page.content.decode()
    save_view(desk, "First", "q=first")
    assert rail_of(desk) == {"First": "1"}


def test_a_shared_view_that_would_hold_a_search_can_be_saved_as_another(desk):
    view = save_view(desk, "Late", shared=True)
    changed = desk.get(f"/orgs/?worklist=delinquent&q=first&view={view.pk}")
    action = f"/views/{view.pk}/update/"

    answer = desk.post(action, form_on(changed, action))

    assert "the text could name a customer" in text_of(answer)
    view.refresh_from_db()
    assert view.parameters == {"worklist": "delinquent"}
    form = {name: value for name, value in form_on(answer, "/views/").items() if name != "shared"}
    desk.post("/views/", form | {"name": "Late first"})
    assert SavedView.objects.latest("pk").parameters == {"worklist": "delinquent", "q": "first"}


def test_names_are_escaped_and_keep_their_direction_to_themselves(desk):
    name = "<b>\u05e9\u05dc\u05d5\u05dd\u202e"
    view = save_view(desk, name, shared=True)
    kept = "&lt;b&gt;\u05e9\u05dc\u05d5\u05dd"

    for url in ("/orgs/", "/views/", f"/views/{view.pk}/"):
        page = desk.get(url, follow=True).content.decode()
        assert f'<bdi class="label">{kept}</bdi>' in page or f"<bdi>{kept}</bdi>" in page, url
        assert "<b>" not in page
        assert "\u202e" not in page
