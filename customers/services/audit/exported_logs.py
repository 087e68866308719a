"""The two logs that can be followed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from customers.database.commit_order import CommitOrder
from customers.models import Disclosure, SecurityEvent
from customers.services.audit.followed_log import FollowedLog
from customers.services.disclosures.log_export import entry_line

_CHUNK = 2000


def disclosure_log() -> FollowedLog:
    """Whoever adds an entry holds the end of the chain, so numbers follow commits."""
    return FollowedLog(
        Disclosure.objects.all(),
        "seen_at",
        line=entry_line,
        mark=lambda entry: bytes(entry.hash).hex(),
    )


def security_events() -> FollowedLog:
    return FollowedLog(
        SecurityEvent.objects.all(),
        "happened_at",
        line=event_line,
        mark=lambda event: _utc(event.happened_at),
        order=CommitOrder(SecurityEvent._meta.db_table),
    )


def events_between(since: datetime | None, until: datetime | None) -> Iterator[dict[str, Any]]:
    """From `since` up to but not including `until`, in the order of their ids."""
    events = SecurityEvent.objects.order_by("pk")
    if since:
        events = events.filter(happened_at__gte=since)
    if until:
        events = events.filter(happened_at__lt=until)
    return map(event_line, events.iterator(chunk_size=_CHUNK))


def event_line(event: SecurityEvent) -> dict[str, Any]:
    """docs/events.md describes it; what is unknown or empty is null."""
    return {
        "type": "security_event",
        "id": event.pk,
        "time": _utc(event.happened_at),
        "code": event.code,
        "severity": event.severity,
        "user": event.username or None,
        "user_id": event.user_id,
        "by": event.by_name or None,
        "name_hash": event.name_hash or None,
        "address": event.ip_address,
        "browser": event.browser or None,
        "request_id": event.request_id or None,
        "detail": event.detail,
    }


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
