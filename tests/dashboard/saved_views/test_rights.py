"""By another's rights: what a shared view lists, counts and lets change, and what stays private."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from customers.models import SavedView
from tests.conftest import browser_of, make_staff
from tests.helpers.pages.lists import names_on, put_customer, see
from tests.helpers.pages.saved_views import rail_of, save_view
from tests.helpers.pages.sent_forms import form_on

ACTS = ("change", "update", "delete")


@pytest.fixture
def desk(as_ana, as_ben, sandbox):
    """Late organizations that Ana sees, that Ben sees, and that both see."""
    for name, who in (("anas", ["ana"]), ("bens", ["ben"]), ("shared", ["ana", "ben"])):
        put_customer(sandbox, name, who, delinquent=True, currency="eur")
    see(as_ana, "anas", "shared")
    see(as_ben, "bens", "shared")
    return as_ana, as_ben


def test_a_shared_view_lists_and_counts_for_each_by_their_own_rights(desk):
    ana, ben = desk
    view = save_view(ana, "Euro", "worklist=delinquent&currency=eur", shared=True)
    see(ana, "anas")

    for browser, names in ((ana, ["anas", "shared"]), (ben, ["bens", "shared"])):
        opened = browser.get(f"/views/{view.pk}/", follow=True)
        assert sorted(names_on(opened)) == names
        assert rail_of(browser) == {"Euro": "2"}
        exported = browser.get(f"/export/?{opened.request['QUERY_STRING']}").getvalue().decode()
        assert [name in exported for name in ("anas", "bens")] == [
            name in names for name in ("anas", "bens")
        ]


def test_mine_in_a_shared_view_is_the_viewers_own(desk):
    ana, ben = desk
    view = save_view(ana, "Mine", "case=mine", shared=True)
    ana.post("/orgs/anas/case/take/")
    ben.post("/orgs/bens/case/take/")

    for browser, own in ((ana, "anas"), (ben, "bens")):
        assert names_on(browser.get(f"/views/{view.pk}/", follow=True)) == [own]


def test_who_sees_less_is_told_no_more_by_a_view(desk, sandbox):
    """A currency that only Ana has counts nothing for Ben, and his filters do not offer it else."""
    ana, ben = desk
    put_customer(sandbox, "yen", ["ana"], currency="jpy")
    see(ana, "yen")
    view = save_view(ana, "Yen", "currency=jpy", shared=True)

    assert rail_of(ben) == {"Yen": "0"}
    opened = ben.get(f"/views/{view.pk}/", follow=True)
    assert names_on(opened) == []
    assert "No results" in opened.content.decode()
    chosen = {each["name"]: each["chosen"] for each in opened.context["filters"]}
    assert chosen["currency"] == "jpy"
    assert b"JPY" not in ben.get("/orgs/").content


@pytest.mark.parametrize("query", ["worklist=delinquent", "q=anas", "card_of=anas"])
def test_a_private_view_looks_to_others_like_one_that_is_gone(desk, query):
    ana, ben = desk
    view = save_view(ana, "Private name", query)

    def told(key):
        answers = [ben.get(f"/views/{key}/", follow=True), ben.get("/orgs/", {"view": key})]
        answers += [ben.post(f"/views/{key}/{act}/", {"name": "x"}, follow=True) for act in ACTS]
        answers += [ben.get("/views/", {"after": key})]
        return [
            (answer.status_code, len(answer.content), "Private name" in answer.content.decode())
            for answer in answers
        ]

    gone = view.pk + 1
    assert told(view.pk) == told(gone)
    assert not any(says for _, _, says in told(view.pk))
    assert rail_of(ben) == {}
    view.refresh_from_db()
    assert view.name == "Private name"


def test_superusers_see_no_private_views_either(desk):
    ana, _ben = desk
    view = save_view(ana, "Private name")
    root = browser_of(User.objects.create_superuser("root"))

    for url in (f"/views/{view.pk}/", "/views/", f"/orgs/?view={view.pk}", "/orgs/"):
        assert "Private name" not in root.get(url, follow=True).content.decode(), url


def test_others_copy_a_shared_view_and_cannot_change_it(desk):
    ana, ben = desk
    view = save_view(ana, "Euro", "worklist=delinquent&currency=eur", shared=True)
    opened = ben.get(f"/views/{view.pk}/", follow=True)
    page = opened.content.decode()
    assert "Shared by ana" in page
    assert "Update view" not in page
    assert not any(f"/views/{view.pk}/{act}/" in page for act in ACTS)

    for act in ACTS:
        answer = ben.post(f"/views/{view.pk}/{act}/", {"name": "x", "list": "q=x"}, follow=True)
        assert "Only its owner can change this view." in answer.content.decode(), act
    form = form_on(opened, "/views/")
    assert form["name"] == ["Euro"]
    ben.post("/views/", form)

    view.refresh_from_db()
    assert (view.name, view.deleted_at) == ("Euro", None)
    copy = SavedView.objects.latest("pk")
    assert (copy.owner.username, copy.is_shared) == ("ben", False)
    assert (copy.parameters, copy.columns) == (view.parameters, view.columns)


def test_a_view_that_is_no_longer_shared_is_gone_for_others_alone(desk):
    ana, ben = desk
    view = save_view(ana, "Euro", shared=True)
    assert "Euro" in rail_of(ben)

    ana.post(f"/views/{view.pk}/change/", {"name": "Euro"})

    assert rail_of(ben) == {}
    assert (
        "no longer shared with you" in ben.get(f"/views/{view.pk}/", follow=True).content.decode()
    )
    assert "Euro" in rail_of(ana)


def test_who_left_still_shares_and_anybody_may_clear_up(desk):
    ana, ben = desk
    view = save_view(ana, "Euro", shared=True)
    User.objects.filter(username="ana").update(is_active=False)

    page = ben.get(f"/views/{view.pk}/", follow=True).content.decode()
    assert "Shared by a former user" in page
    ben.post(f"/views/{view.pk}/delete/")

    row = SavedView.objects.get()
    assert (row.deleted_by.username, row.owner.username) == ("ben", "ana")


def asked(browser, view):
    """Every way to a view, each with its answer; an act that is read leads to its page."""
    for url in ("/views/", f"/views/{view.pk}/", f"/orgs/?view={view.pk}"):
        yield url, browser.get(url)
    for url in ("/views/", *(f"/views/{view.pk}/{act}/" for act in ACTS)):
        yield url, browser.post(url, {"name": "x", "list": "q=x"})


def test_without_a_session_everything_leads_to_sign_in(desk):
    view = save_view(desk[0], "Euro", shared=True)

    for url, answer in asked(Client(), view):
        assert answer.status_code == 302, url
        assert answer.headers["Location"].startswith("/admin/login/"), url
    view.refresh_from_db()
    assert (view.name, view.deleted_at) == ("Euro", None)


def test_without_the_permission_to_see_customers_nothing_opens(desk):
    view = save_view(desk[0], "Euro", shared=True)
    carla = make_staff("carla")
    carla.groups.clear()
    carla.user_permissions.add(Permission.objects.get(codename="export_customer"))

    for url, answer in asked(browser_of(carla), view):
        assert answer.status_code == 403, url
        assert "Euro" not in answer.content.decode()
    view.refresh_from_db()
    assert (view.name, view.deleted_at) == ("Euro", None)


def test_without_credentials_a_shared_view_is_empty(desk):
    view = save_view(desk[0], "Euro", "worklist=delinquent", shared=True)
    browser = browser_of(make_staff("carla"))

    assert names_on(browser.get(f"/views/{view.pk}/", follow=True)) == []
    assert rail_of(browser) == {"Euro": "0"}


def test_what_colleagues_share_is_paged(desk, monkeypatch):
    ana, ben = desk
    monkeypatch.setattr("customers.dashboard.saved_views.saved_views.PAGE_OF_SHARED", 2)
    monkeypatch.setattr("customers.services.saved_views.visible_views.PAGE_OF_SHARED", 2)
    for name in ("c", "a", "e", "b", "d"):
        save_view(ana, name, shared=True)

    seen, url = [], "/views/"
    while url:
        page = ben.get(url)
        seen += [row.view.name for row in page.context["shared"]]
        url = f"/views/?after={page.context['next']}" if page.context["next"] else ""

    assert seen == list("abcde")
    assert [row.view.name for row in ben.get("/views/").context["own"]] == []
