"""Permission changes in the back office are recorded, with their author."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from customers.models import SecurityEvent
from tests.conftest import browser_of
from tests.helpers.accounts.events import NEW_PASSWORD, events


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root")


def user_form(user, **changes):
    form = {
        "username": user.username,
        "is_active": "on" if user.is_active else "",
        "is_staff": "on" if user.is_staff else "",
        "is_superuser": "on" if user.is_superuser else "",
        "groups": [group.pk for group in user.groups.all()],
        "user_permissions": [],
        "date_joined_0": "2026-01-01",
        "date_joined_1": "00:00:00",
    }
    return {name: value for name, value in (form | changes).items() if value != ""}


def test_permissions_that_the_back_office_gives_and_takes_are_recorded(ana, root):
    permission = Permission.objects.get(codename="view_credentials")
    url = f"/admin/auth/user/{ana.pk}/change/"

    given = user_form(ana, is_superuser="on", user_permissions=[permission.pk])
    assert browser_of(root).post(url, given).status_code == 302
    taken = user_form(ana, is_staff="", groups=[])
    assert browser_of(root).post(url, taken).status_code == 302

    details = SecurityEvent.objects.order_by("pk").values_list("detail", flat=True)
    assert list(details) == [
        {"added": ["is_superuser"], "removed": []},
        {"added": ["customers.view_credentials"], "removed": []},
        {"added": [], "removed": ["is_staff", "is_superuser"]},
        {"added": [], "removed": ["customers.view_credentials", "group Support"]},
    ]
    assert set(events()) == {("permissions.changed", "ana", "root")}


def test_a_form_that_changes_no_permission_records_nothing(ana, root):
    url = f"/admin/auth/user/{ana.pk}/change/"

    browser_of(root).post(url, user_form(ana, first_name="Ana"))

    ana.refresh_from_db()
    assert ana.first_name == "Ana"
    assert events() == []


def test_a_new_user_and_one_that_is_deleted_are_recorded(root):
    form = {"username": "cy", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browser = browser_of(root)
    browser.post("/admin/auth/user/add/", form | {"usable_password": "true"})
    made = User.objects.get(username="cy")
    assert ("permissions.changed", "cy", "root") in events(made)
    SecurityEvent.objects.all().delete()

    browser.post(f"/admin/auth/user/{made.pk}/delete/", {"post": "yes"})

    assert events() == [("permissions.changed", "cy", "root")]
    assert SecurityEvent.objects.get().detail["removed"] == ["is_active"]


def test_users_that_are_deleted_together_are_recorded_each(ana, ben, root):
    form = {"action": "delete_selected", "_selected_action": [ana.pk, ben.pk], "post": "yes"}

    browser_of(root).post("/admin/auth/user/", form)

    assert not User.objects.filter(username__in=["ana", "ben"]).exists()
    assert {name for _, name, _ in events()} == {"ana", "ben"}


def test_permissions_of_a_group_are_recorded(ana, root):
    group = Group.objects.get(name="Support")
    before = set(group.permissions.values_list("codename", flat=True))
    permission = Permission.objects.get(codename="view_customer")
    form = {"name": "Support", "permissions": [permission.pk]}

    browser = browser_of(root)
    browser.post(f"/admin/auth/group/{group.pk}/change/", form)
    browser.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"})

    changed, deleted = SecurityEvent.objects.order_by("pk")
    assert changed.detail["group"] == deleted.detail["group"] == "Support"
    assert len(changed.detail["removed"]) == len(before) - 1
    assert deleted.detail["removed"] == ["customers.view_customer"]
    assert changed.by_name == "root"
