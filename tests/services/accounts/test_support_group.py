"""The group "Support" is granted each permission once, and never again."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from customers.models import GroupGrant
from customers.services.accounts.support_group import PERMISSIONS, SUPPORT, grant_once


def may():
    return set(Group.objects.get(name=SUPPORT).permissions.values_list("codename", flat=True))


def test_a_new_database_has_the_group_with_all_of_its_permissions(db):
    assert may() == set(PERMISSIONS)


def test_what_an_operator_took_away_stays_away(db):
    group = Group.objects.get(name=SUPPORT)
    group.permissions.remove(*group.permissions.filter(codename="add_note"))

    call_command("migrate", verbosity=0)

    assert may() == set(PERMISSIONS) - {"add_note"}


def test_a_group_that_an_operator_deleted_is_not_made_again(db):
    Group.objects.get(name=SUPPORT).delete()

    call_command("migrate", verbosity=0)

    assert not Group.objects.exists()


def test_a_permission_of_a_later_release_is_granted(db):
    Group.objects.get(name=SUPPORT).permissions.clear()
    GroupGrant.objects.filter(permission="watch_syncrun").delete()

    for _ in range(2):
        call_command("migrate", verbosity=0)

    assert may() == {"watch_syncrun"}


@pytest.mark.parametrize("last", ["0001_rows", "0060_name_disclosures_and_replies"])
def test_a_database_that_is_not_yet_so_far_is_left_alone(db, last):
    Group.objects.all().delete()
    GroupGrant.objects.all().delete()
    then = (
        MigrationLoader(connection, replace_migrations=False)
        .project_state(("customers", last))
        .apps
    )

    grant_once(apps=then)

    assert not Group.objects.exists()
