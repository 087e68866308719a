"""Grant the group "Support" what its staff need."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from customers.models import GroupGrant

SUPPORT = "Support"
PERMISSIONS = ("view_customer", "export_customer", "add_note", "watch_syncrun", "change_case")


def grant_once(apps: Any = None, **_: Any) -> None:
    """Runs after every `migrate`, and grants nothing again that an operator has taken away."""
    if apps and "groupgrant" not in apps.all_models["customers"]:
        return
    with transaction.atomic():
        granted = set(GroupGrant.objects.filter(group=SUPPORT).values_list("permission", flat=True))
        left = [name for name in PERMISSIONS if name not in granted]
        if not granted:
            Group.objects.get_or_create(name=SUPPORT)
        for group in Group.objects.filter(name=SUPPORT) if left else ():
            group.permissions.add(*_permissions(left))
        GroupGrant.objects.bulk_create(GroupGrant(group=SUPPORT, permission=name) for name in left)


def _permissions(codenames: list[str]) -> list[Permission]:
    found = Permission.objects.filter(content_type__app_label="customers", codename__in=codenames)
    return list(found)
