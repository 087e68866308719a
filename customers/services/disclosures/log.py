"""Record who saw which organization's billing, in an append-only log.
Each hash covers the entry before it. One signed row holds the end of the chain, and is locked while
entries are added. Triggers refuse changes and deletions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Max, prefetch_related_objects
from django.utils import timezone

from customers.database.bulk_write import insert, update_row
from customers.models import Customer, Disclosure, DisclosureHead
from customers.services.access.how_proved import kinds_of_proof
from customers.services.disclosures.declared import require_declared
from customers.services.disclosures.entry_hash import FORMAT, next_hash
from customers.services.disclosures.request_origin import Origin, current_origin
from customers.services.disclosures.signature import sign, signing_key
from customers.services.disclosures.volume import count_shown

MOST_SHOWN = 5
_HEAD = 1
# Places where nobody looked at one organization in particular: they show many, or a program reads.
_NO_LOOK = (
    Disclosure.Where.LIST,
    Disclosure.Where.OVERVIEW,
    Disclosure.Where.CHANGES,
    Disclosure.Where.DIGEST,
    Disclosure.Where.PASTED,
    Disclosure.Where.REPORT,
    Disclosure.Where.API,
    Disclosure.Where.MCP,
)


def record(
    user: AbstractBaseUser,
    customers: Iterable[Customer],
    where: str,
    origin: Origin | None = None,
) -> None:
    record_all(user, {where: customers}, origin)


def record_all(
    user: AbstractBaseUser,
    customers_by_where: Mapping[str, Iterable[Customer]],
    origin: Origin | None = None,
) -> None:
    by_where = {Disclosure.Where(key).value: rows for key, rows in customers_by_where.items()}
    placed = [(where, customer) for where, customers in by_where.items() for customer in customers]
    if not placed:
        return
    require_declared(by_where)
    prefetch_related_objects([customer for _, customer in placed], "organization", "checked_with")
    origin = origin or current_origin()
    proofs = kinds_of_proof(user, (customer for _, customer in placed))
    entries = [
        _entry(user, customer, where, origin, proofs[customer.pk]) for where, customer in placed
    ]
    with transaction.atomic():
        head = locked_head()
        now = timezone.now()
        count_shown(user, {customer.organization_id for _, customer in placed}, now)
        append(head, entries, now)


def locked_head() -> DisclosureHead:
    (head,) = DisclosureHead.objects.select_for_update().filter(pk=_HEAD)
    return head


def append(head: DisclosureHead, entries: Sequence[Disclosure], now: datetime) -> None:
    """Add `entries`; `head` is locked."""
    key, before = signing_key(head), bytes(head.hash)
    for number, entry in enumerate(entries, start=head.number + 1):
        entry.id, entry.format, entry.seen_at = number, FORMAT, now
        entry.hash = before = next_hash(before, entry)
    head.number, head.hash = head.number + len(entries), before
    if key:  # never sign an end that something else moved
        sign(head, key)
    insert(entries)
    update_row(head, "number", "hash", "signature")


def latest_viewers(organization_id: int) -> list[tuple[str, datetime]]:
    """Latest first, without those who only saw a list or whose program asked."""
    looked = Disclosure.objects.filter(organization_id=organization_id).exclude(where__in=_NO_LOOK)
    latest = looked.values_list("username").annotate(last=Max("seen_at")).order_by("-last")
    return list(latest[:MOST_SHOWN])


def _entry(
    user: AbstractBaseUser, customer: Customer, where: str, origin: Origin, proof: str
) -> Disclosure:
    checked_with = customer.checked_with
    return Disclosure(
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
        proof=proof,
        shown_together=origin.shown_together,
    )
