from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from customers.models import Disclosure
from customers.services.disclosures.entry_hash import ADDED

LOG_COLUMNS = (
    "number",
    "seen_at",
    "user_id",
    "username",
    "organization_id",
    "org_id",
    "where",
    "ip_address",
    "purpose",
    "checked_at",
    "checked_with_id",
    "checked_with_name",
    "hash",
    "format",
    *ADDED,
)
_CHUNK = 2000


def entries_between(
    since: datetime | None,
    until: datetime | None,
    org_ids: Sequence[str] = (),
    usernames: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """From `since` up to but not including `until`, oldest first; matches former names too."""
    entries = Disclosure.objects.order_by("pk")
    if since:
        entries = entries.filter(seen_at__gte=since)
    if until:
        entries = entries.filter(seen_at__lt=until)
    if org_ids:
        entries = entries.filter(org_id__in=org_ids)
    if usernames:
        users = get_user_model().objects.filter(username__in=usernames)
        entries = entries.filter(Q(username__in=usernames) | Q(user_id__in=users.values("pk")))
    for entry in entries.iterator(chunk_size=_CHUNK):
        yield entry_line(entry)


def entry_line(entry: Disclosure) -> dict[str, Any]:
    return {name: _value(entry, name) for name in LOG_COLUMNS}


def _value(entry: Disclosure, name: str) -> Any:
    if name == "number":
        return entry.pk
    value = getattr(entry, name)
    if isinstance(value, datetime):
        return value.isoformat()
    return bytes(value).hex() if name == "hash" else value
