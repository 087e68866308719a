"""Which permission a page needs, so that the page for who lacks it can name it."""

import re

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

# The names of Django's pages in the back office, each with what it asks for.
_BACK_OFFICE = re.compile(r"(?P<app>[a-z]+)_(?P<model>[a-z]+)_(?P<page>[a-z_]+)")
_ASKED_FOR = {
    "changelist": "view",
    "change": "view",
    "history": "view",
    "add": "add",
    "delete": "delete",
    "password_change": "change",
}


class PermissionMissing(PermissionDenied):
    """Somebody lacks one of these permissions, which are written as `customers.add_note`."""

    def __init__(self, *permissions: str) -> None:
        super().__init__(*permissions)
        self.permissions = permissions


def needed(request: HttpRequest, refusal: Exception) -> tuple[str, ...]:
    """The permissions that opening the page takes; none if nobody can tell."""
    if isinstance(refusal, PermissionMissing):
        return refusal.permissions
    match = request.resolver_match
    found = _BACK_OFFICE.fullmatch(match.url_name or "") if match else None
    asked_for = _ASKED_FOR.get(found["page"]) if found else None
    return (f"{found['app']}.{asked_for}_{found['model']}",) if found and asked_for else ()
