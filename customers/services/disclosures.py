"""Record who was shown which organization's billing, in a log that is only ever added to.

Each entry's hash covers the entry before, so that one that was altered, removed or put in between
breaks the chain from there on. One row holds the end of the chain and is locked while entries are
added; the database itself refuses to change or delete an entry.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from customers.models import Customer, DisclosureHead, View
from customers.services.origin import Origin, current_origin
from customers.services.volume import count_shown
from customers.services.writing import insert

MOST_SHOWN = 5
_HEAD = 1
# Columns of an entry, in the order in which its hash covers them.
HASHED = (
    "user_id",
    "username",
    "organization_id",
    "org_id",
    "seen_at",
    "where",
    "ip_address",
    "purpose",
    "checked_at",
    "checked_with_id",
    "checked_with_name",
)


def record(
    user: AbstractBaseUser,
    customers: Iterable[Customer],
    where: str,
    origin: Origin | None = None,
) -> None:
    """Note that `user` was shown these answers: on a page, list or overview, in an export or mail,
    or by a command."""
    shown = list(customers)
    if not shown:
        return
    prefetch_related_objects(shown, "organization", "checked_with")
    entries = [_entry(user, customer, where, origin or current_origin()) for customer in shown]
    with transaction.atomic():
        head = locked_head()
        now = timezone.now()
        for entry in entries:
            entry.seen_at = now
            entry.hash = head.hash = next_hash(bytes(head.hash), entry)
        count_shown(user, {entry.organization_id for entry in entries}, now)
        insert(entries)
        head.save(update_fields=["hash"])


def locked_head() -> DisclosureHead:
    """The end of the chain, held until the transaction ends."""
    head = DisclosureHead.objects.select_for_update().filter(pk=_HEAD).first()
    if head is not None:
        return head
    DisclosureHead.objects.get_or_create(pk=_HEAD)
    return DisclosureHead.objects.select_for_update().get(pk=_HEAD)


def next_hash(before: bytes, entry: View) -> bytes:
    """The hash of `entry` behind an entry whose hash is `before`."""
    values = [_plain(getattr(entry, name)) for name in HASHED]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


def latest_viewers(organization_id: int) -> list[tuple[str, object]]:
    """Who looked at it last, each with when, the latest first; not who was only sent a list."""
    seen = (
        View.objects.filter(organization_id=organization_id)
        .exclude(where__in=("list", "overview", "changes", "digest"))
        .values_list("username")
        .annotate(last=Max("seen_at"))
        .order_by("-last")
    )
    return [(str(name), last) for name, last in seen[:MOST_SHOWN]]


def _entry(user: AbstractBaseUser, customer: Customer, where: str, origin: Origin) -> View:
    checked_with = customer.checked_with
    return View(
        user_id=user.pk,
        username=user.get_username(),
        organization_id=customer.organization_id,
        org_id=customer.organization.org_id,
        where=where,
        ip_address=origin.ip_address,
        purpose=origin.purpose,
        checked_at=customer.checked_at,
        checked_with_id=customer.checked_with_id,
        checked_with_name=checked_with.get_username() if checked_with else "",
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value
