from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser, Permission, User
from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Lacking:
    name: str
    groups: list[str]


def lacking(user: User | AnonymousUser, permissions: Iterable[str]) -> list[Lacking]:
    wanted = Q(pk__in=[])
    for permission in permissions:
        app, _, codename = permission.partition(".")
        if not user.has_perm(permission):
            wanted |= Q(content_type__app_label=app, codename=codename)
    rows = Permission.objects.filter(wanted).order_by("codename").prefetch_related("group_set")
    return [Lacking(row.name, sorted(group.name for group in row.group_set.all())) for row in rows]
