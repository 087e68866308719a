"""A page that one may not open says which permission is missing, and who grants it."""

import html

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.utils.translation import override

from customers.models import Note
from tests.conftest import browser_of, make_staff
from tests.helpers.access.access_table import ANYONE, FORMS, PAGES, STAFF, TOKEN
from tests.helpers.access.people import WALKED_ORG, make_world
from tests.helpers.rows import ago, give_credentials, grant, make_customer, make_organization

NEEDING = {name: page for name, page in PAGES.items() if page.needs not in {ANYONE, STAFF, TOKEN}}


def said(answer) -> str:
    assert answer.status_code == 403
    return " ".join(html.unescape(answer.content.decode()).split())


def name_of(permission: str) -> str:
    app, _, codename = permission.partition(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename).name


@pytest.fixture
def newcomer(db) -> User:
    return User.objects.create_user("newcomer", is_staff=True)


def test_somebody_new_is_told_of_the_permission_and_the_group_that_has_it(newcomer):
    text = said(browser_of(newcomer).get("/"))

    assert "You don't have access to this page" in text
    assert "“Can view customer”" in text
    assert "superuser" in text
    assert "Support" in text


def test_a_member_of_support_is_not_told_to_join_support(ana):
    text = said(browser_of(ana).get("/replies/"))

    assert "“Can change reply”" in text
    assert "Support" not in text


def test_groups_that_have_it_are_named(ana):
    editors = Group.objects.create(name="Editors of texts")
    editors.permissions.add(Permission.objects.get(codename="change_replytemplate"))

    assert "Editors of texts" in said(browser_of(ana).get("/replies/"))


def test_it_is_said_in_the_readers_language(newcomer):
    client = browser_of(newcomer)

    with override("de"):
        text = said(client.get("/", headers={"accept-language": "de"}))

    assert "Sie haben keinen Zugriff auf diese Seite" in text
    assert "„Can view customer“" in text


@pytest.mark.parametrize("name", NEEDING)
def test_every_page_names_what_it_needs(newcomer, name):
    make_world()
    page, client = NEEDING[name], browser_of(newcomer)
    open_it = client.post if name in FORMS else client.get

    text = said(open_it(page.url.format(org=WALKED_ORG)))

    for permission in (page.needs, *page.needs_too):
        assert f"“{name_of(permission)}”" in text


@pytest.mark.parametrize(
    ("address", "permissions"),
    [
        ("/admin/auth/user/", ["Can view user"]),
        ("/admin/auth/user/add/", ["Can add user"]),
        ("/admin/auth/user/1/change/", ["Can view user"]),
        ("/admin/auth/user/1/delete/", ["Can delete user"]),
        ("/admin/auth/user/1/history/", ["Can view user"]),
        ("/admin/auth/user/1/password/", ["Can change user"]),
        ("/admin/auth/group/", ["Can view group"]),
        ("/admin/customers/organization/", ["Can view organization"]),
        (
            "/admin/customers/organization/import/",
            ["Can add organization", "Can change organization"],
        ),
        ("/admin/customers/syncrun/", ["Can view sync run"]),
    ],
)
def test_the_back_office_names_what_it_needs(ana, address, permissions):
    assert ana.pk
    User.objects.filter(pk=1).exists() or User.objects.create_user("first", pk=1)

    text = said(browser_of(ana).get(address))

    for permission in permissions:
        assert f"“{permission}”" in text


def test_a_note_of_somebody_else_names_what_pins_it(ana, ben):
    organization = make_organization("acme")
    make_customer(organization)
    give_credentials(ana)
    grant(ana, organization)
    note = Note.objects.create(
        organization=organization, author=ben, written_at=ago(1), text="called"
    )

    text = said(browser_of(ana).post(f"/orgs/acme/notes/{note.pk}/pin/", {"pinned": "yes"}))

    assert "“Can change note”" in text


def test_a_page_that_nobody_is_let_into_names_no_permission(ana):
    """Nobody may add an entry to the log by hand."""
    root = User.objects.create_superuser("root")

    text = said(browser_of(root).get("/admin/customers/disclosure/add/"))

    assert "You don't have access to this page" in text
    assert "“" not in text
    assert make_staff("cleo").pk != ana.pk
