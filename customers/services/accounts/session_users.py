"""The users of sessions: what every page reads of them in two queries, and what they may not do."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Permission, User
from django.db import connection
from django.db.models import IntegerField, Model, Q
from django.db.models.expressions import RawSQL

from customers.services.accounts.second_factor import factor_of

_FACTOR = "SELECT MIN(id) FROM otp_totp_totpdevice WHERE user_id = auth_user.id AND confirmed"
_PERMISSIONS = """
    SELECT type.app_label, permission.codename FROM auth_permission AS permission
    JOIN django_content_type AS type ON type.id = permission.content_type_id
    WHERE permission.id IN (
        SELECT permission_id FROM auth_user_user_permissions WHERE user_id = %s
        UNION ALL
        SELECT permission_id FROM auth_group_permissions WHERE group_id IN (
            SELECT group_id FROM auth_user_groups WHERE user_id = %s
        )
    )
"""


class SessionUsers(ModelBackend):
    """Django's, in SQL of its own: both queries are part of every page."""

    def get_user(self, user_id: int) -> User | None:
        users = get_user_model().objects.select_related("deskpreferences")
        factor = RawSQL(_FACTOR, (), IntegerField(null=True))
        user = next(iter(users.filter(pk=user_id).annotate(session_factor=factor)), None)
        return user if user and self.user_can_authenticate(user) else None

    def get_all_permissions(
        self, user_obj: User | AnonymousUser, obj: Model | None = None
    ) -> set[str]:
        """Their own and those of their groups, read once for each instance."""
        if not user_obj.is_active or obj is not None or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        known: set[str] | None = vars(user_obj).get("session_permissions")
        if known is None:
            known = vars(user_obj)["session_permissions"] = _permissions_of(user_obj)
        return known


def session_factor(user: AbstractBaseUser) -> int | None:
    if not hasattr(user, "session_factor"):  # signed in by this very request
        return factor_of(user)
    factor: int | None = user.session_factor
    return factor


def _permissions_of(user: User | AnonymousUser) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_PERMISSIONS, [user.pk, user.pk])
        return {f"{app}.{codename}" for app, codename in cursor.fetchall()}


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
