"""An import in the back office shows first what it would do, and is confirmed."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import timezone

from customers.models import Organization, PendingImport
from customers.services.organizations import import_uploads
from tests.conftest import browser_of
from tests.helpers.commands import run

IMPORT = "/admin/customers/organization/import/"
LIST = "/admin/customers/organization/"
FILE = "org_id,name,description\nnew,New <b>,\nknown,Renamed,\na/b,Path,\n"


@pytest.fixture
def root(db):
    Organization.objects.create(org_id="known", name="Known")
    return browser_of(User.objects.create_superuser("root"))


def upload(client, text=FILE):
    file = BytesIO(text.encode())
    file.name = "organizations.csv"
    return client.post(IMPORT, {"file": file})


def digest_on(page):
    return re.search(r'name="digest" value="(\w+)"', page)[1]


def names():
    return dict(Organization.objects.values_list("org_id", "name"))


def test_first_it_shows_what_each_line_would_do(root):
    page = root.get(upload(root).headers["Location"]).content.decode()

    assert "1 to add, 1 to change, 0 stay as they are, 1 lines refused." in page
    assert "<bdi>New &lt;b&gt;</bdi>" in page
    assert "<del><bdi>Known</bdi></del> → <ins><bdi>Renamed</bdi></ins>" in page
    assert "<td>4</td>" in page
    assert "looks like a path" in page
    assert names() == {"known": "Known"}


def test_it_is_imported_once_confirmed(root):
    place = upload(root).headers["Location"]

    answer = root.post(place, {"digest": digest_on(root.get(place).content.decode())}, follow=True)

    assert answer.redirect_chain == [(LIST, 302)]
    assert "1 added, 1 updated, 0 unchanged, 1 refused." in answer.content.decode()
    assert names() == {"known": "Renamed", "new": "New <b>"}
    assert not PendingImport.objects.exists()
    again = root.post(place, {"digest": "x"}, follow=True).content.decode()
    assert "This file was already imported" in again


@pytest.mark.parametrize("digest", ["", "0" * 64])
def test_nothing_is_imported_but_what_was_shown(root, digest):
    place = upload(root).headers["Location"]

    answer = root.post(place, {"digest": digest}, follow=True)

    assert answer.redirect_chain == [(place, 302)]
    assert names() == {"known": "Known"}


def test_what_has_changed_meanwhile_is_shown_again(root):
    place = upload(root).headers["Location"]
    shown = digest_on(root.get(place).content.decode())
    Organization.objects.create(org_id="new", name="By somebody else")

    page = root.post(place, {"digest": shown}, follow=True).content.decode()

    assert "Organizations have changed since this was shown." in page
    assert "0 to add, 2 to change" in page
    assert names() == {"known": "Known", "new": "By somebody else"}
    root.post(place, {"digest": digest_on(page)})
    assert names()["new"] == "New <b>"


def test_nothing_can_be_imported_instead(root):
    place = upload(root).headers["Location"]

    answer = root.post(place, {"cancel": "x", "digest": "x"}, follow=True)

    assert "Nothing was imported." in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_a_file_without_the_header_is_not_kept(root):
    page = upload(root, "a,b\n").content.decode()

    assert "lacks org_id" in page
    assert not PendingImport.objects.exists()


def test_a_big_file_is_listed_in_part_and_imported_whole(root, monkeypatch):
    lines = "".join(f"org-{number},N,\n" for number in range(620))
    place = upload(root, "org_id,name,description\n" + lines).headers["Location"]

    page = root.get(place).content.decode()

    assert "620 to add" in page
    assert "The first 200 of 620 are listed." in page
    assert page.count("<td><bdi>org-") == 200
    root.post(place, {"digest": digest_on(page)})
    assert Organization.objects.count() == 621


def test_a_later_file_takes_the_place_of_an_earlier(root):
    first = upload(root).headers["Location"]
    second = upload(root, FILE + "more,More,\n").headers["Location"]

    assert root.get(first).headers["Location"] == IMPORT
    assert "2 to add" in root.get(second).content.decode()


def test_nobody_sees_or_confirms_the_file_of_another(root, ana):
    place = upload(root).headers["Location"]
    for name in ("add_organization", "change_organization"):
        ana.user_permissions.add(Permission.objects.get(codename=name))

    other = browser_of(ana)

    assert other.get(place).headers["Location"] == IMPORT
    assert other.post(place, {"digest": "x"}).headers["Location"] == IMPORT
    assert browser_of(User.objects.create_user("x", is_staff=True)).get(place).status_code == 403


def test_what_is_not_confirmed_is_removed(root):
    place = upload(root).headers["Location"]
    before = timezone.now() - import_uploads.IMPORT_WAITS - timedelta(minutes=1)
    PendingImport.objects.update(uploaded_at=before)

    assert root.get(place).headers["Location"] == IMPORT
    assert "1 unconfirmed imports would be removed" in run("prune_history", "--dry-run").out
    assert "1 unconfirmed imports removed" in run("prune_history").out
    assert not PendingImport.objects.exists()


def test_a_deleted_user_leaves_no_file(root):
    upload(root)

    User.objects.get(username="root").delete()

    assert not PendingImport.objects.exists()
