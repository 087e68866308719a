"""Which permissions a page needs, for the page that says which one is missing."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

# The admin pages, with the permission that each requires.
_BACK_OFFICE = re.compile(r"(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>[a-z_]+)")
_REQUIRED = {
    "changelist": "view",
    "change": "view",
    "history": "view",
    "add": "add",
    "delete": "delete",
    "password_change": "change",
}


class PermissionMissing(PermissionDenied):
    """The user lacks one of these permissions, written as `customers.add_note`."""

    def __init__(self, *permissions: str) -> None:
        super().__init__(*permissions)
        self.permissions = permissions


def needed(request: HttpRequest, error: Exception) -> tuple[str, ...]:
    """The permissions that the page needs; empty if unknown."""
    if isinstance(error, PermissionMissing):
        return error.permissions
    match = request.resolver_match
    found = _BACK_OFFICE.fullmatch(match.url_name or "") if match else None
    required = _REQUIRED.get(found["page"]) if found else None
    return (f"{found['app']}.{required}_{found['model']}",) if found and required else ()
