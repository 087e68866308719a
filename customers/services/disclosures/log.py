"""Record who was shown which organization's billing, in a log that is only ever added to.

Each entry's hash covers the entry before, so that one that was altered, removed or put in between
breaks the chain from there on. One row holds the end of the chain and is locked while entries are
added; the database itself refuses to change or delete an entry.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import BigIntegerField, Max, prefetch_related_objects
from django.utils import timezone

from customers.database.bulk_write import insert, update_row
from customers.database.prepared import Given, Prepared
from customers.models import Customer, DisclosureHead, View
from customers.services.disclosures.declared import require_declared
from customers.services.disclosures.entry_hash import FORMAT, next_hash
from customers.services.disclosures.request_origin import Origin, current_origin
from customers.services.disclosures.volume import count_shown

MOST_SHOWN = 5
_HEAD = 1
_OWN = View.Proof.OWN.value
# Places that name many organizations at once: nobody looked at one of them.
_OF_MANY = (
    View.Where.LIST,
    View.Where.OVERVIEW,
    View.Where.CHANGES,
    View.Where.DIGEST,
    View.Where.PASTED,
    View.Where.REPORT,
)


def record(
    user: AbstractBaseUser,
    customers: Iterable[Customer],
    where: str,
    origin: Origin | None = None,
) -> None:
    """Note that `user` was shown these answers; `where` is one of View.Where."""
    record_all(user, {where: customers}, origin)


def record_all(
    user: AbstractBaseUser,
    shown: Mapping[str, Iterable[Customer]],
    origin: Origin | None = None,
) -> None:
    """Note at once what `user` was shown in several ways, by where each was."""
    by_where = {View.Where(where).value: customers for where, customers in shown.items()}
    placed = [(where, customer) for where, customers in by_where.items() for customer in customers]
    if not placed:
        return
    require_declared(by_where)
    prefetch_related_objects([customer for _, customer in placed], "organization", "checked_with")
    origin = origin or current_origin()
    entries = [_entry(user, customer, where, origin) for where, customer in placed]
    with transaction.atomic():
        head = locked_head()
        now = timezone.now()
        count_shown(user, {customer.organization_id for _, customer in placed}, now)
        append(head, entries, now)


def locked_head() -> DisclosureHead:
    """The end of the chain, held until the transaction ends."""
    (head,) = _LOCKED_HEAD.ask()
    return head


_LOCKED_HEAD = Prepared(
    lambda: DisclosureHead.objects.select_for_update().filter(pk=_HEAD), by_key=True
)


def append(head: DisclosureHead, entries: Sequence[View], now: datetime) -> None:
    """Add `entries` behind the last one, and move the locked `head` to their end."""
    before = bytes(head.hash)
    for number, entry in enumerate(entries, start=head.number + 1):
        entry.id, entry.format, entry.seen_at = number, FORMAT, now
        entry.hash = before = next_hash(before, entry)
    head.number, head.hash = head.number + len(entries), before
    insert(entries)
    update_row(head, "number", "hash")


def latest_viewers(organization_id: int) -> list[tuple[str, datetime]]:
    """Who looked at it last, each with when, the latest first; not who was only sent a list."""
    return _VIEWERS.ask(organization=organization_id)


_VIEWERS: Prepared[tuple[str, datetime]] = Prepared(
    lambda: (
        View.objects.filter(organization_id=Given("organization", BigIntegerField()))
        .exclude(where__in=_OF_MANY)
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
        token_name=origin.token_name,
        proof=_OWN,
        shown_together=origin.shown_together,
    )
