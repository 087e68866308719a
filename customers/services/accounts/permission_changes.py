from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event

_FLAGS = ("is_active", "is_staff", "is_superuser")


@contextmanager
def recording_permissions(holder: User | Group) -> Iterator[None]:
    name, key = str(holder), holder.pk
    permissions = _of_user if isinstance(holder, User) else _of_group
    before = permissions(key) if key else set()
    yield
    after = permissions(key or holder.pk)
    if before == after:
        return
    detail: dict[str, object] = {
        "added": sorted(after - before),
        "removed": sorted(before - after),
    }
    if isinstance(holder, User):
        record_event(SecurityEvent.Code.PERMISSIONS_CHANGED, user=holder, detail=detail)
    else:
        detail["group"] = name
        record_event(SecurityEvent.Code.PERMISSIONS_CHANGED, detail=detail)


def _of_user(key: int) -> set[str]:
    user = User.objects.filter(pk=key).first()
    flags = {flag for flag in _FLAGS if getattr(user, flag, False)}
    groups = Group.objects.filter(user=key).values_list("name", flat=True)
    own = _named(Permission.objects.filter(user=key))
    return flags | {f"group {name}" for name in groups} | own


def _of_group(key: int) -> set[str]:
    return _named(Permission.objects.filter(group=key))


def _named(permissions: QuerySet[Permission]) -> set[str]:
    names = permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in names.order_by()}
