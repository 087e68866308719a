"""Record who was shown which organization's billing, in a log that is only ever added to.

Each entry's hash covers the entry before, so that one that was altered, removed or put in between
breaks the chain from there on. One row holds the end of the chain and is locked while entries are
added; the database itself refuses to change or delete an entry.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from operator import attrgetter

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import BigIntegerField, Max, prefetch_related_objects
from django.utils import timezone

from customers.models import Customer, DisclosureHead, View
from customers.services.origin import Origin, current_origin
from customers.services.prepared import Given, Prepared
from customers.services.volume import count_shown
from customers.services.writing import insert, update_row

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
    record_all(user, {where: customers}, origin)


def record_all(
    user: AbstractBaseUser,
    shown: Mapping[str, Iterable[Customer]],
    origin: Origin | None = None,
) -> None:
    """Note at once what `user` was shown in several ways, by where each was."""
    placed = [(where, customer) for where, customers in shown.items() for customer in customers]
    if not placed:
        return
    prefetch_related_objects([customer for _, customer in placed], "organization", "checked_with")
    origin = origin or current_origin()
    entries = [_entry(user, customer, where, origin) for where, customer in placed]
    with transaction.atomic():
        head = locked_head()
        now = timezone.now()
        for entry in entries:
            entry.seen_at = now
            entry.hash = head.hash = next_hash(bytes(head.hash), entry)
        count_shown(user, {entry.organization_id for entry in entries}, now)
        insert(entries)
        update_row(head, "hash")


def locked_head() -> DisclosureHead:
    """The end of the chain, held until the transaction ends."""
    for head in _LOCKED_HEAD.ask():
        return head
    DisclosureHead.objects.get_or_create(pk=_HEAD)
    return DisclosureHead.objects.select_for_update().get(pk=_HEAD)


_LOCKED_HEAD = Prepared(
    lambda: DisclosureHead.objects.select_for_update().filter(pk=_HEAD), by_key=True
)


def next_hash(before: bytes, entry: View) -> bytes:
    """The hash of `entry` behind an entry whose hash is `before`."""
    return hashlib.sha256(before + _TEXT.encode(_hashed(entry)).encode()).digest()


def latest_viewers(organization_id: int) -> list[tuple[str, datetime]]:
    """Who looked at it last, each with when, the latest first; not who was only sent a list."""
    return _VIEWERS.ask(organization=organization_id)


_VIEWERS: Prepared[tuple[str, datetime]] = Prepared(
    lambda: (
        View.objects.filter(organization_id=Given("organization", BigIntegerField()))
        .exclude(where__in=("list", "overview", "changes", "digest"))
        .values_list("username")
        .annotate(last=Max("seen_at"))
        .order_by("-last")[:MOST_SHOWN]
    ),
    by_key=True,
)


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


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


_hashed = attrgetter(*HASHED)
_TEXT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
