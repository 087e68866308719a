"""What has changed in watched organizations and is not read yet: counted, and marked as read.
Only changes that the user may see count, as everywhere; a later denial takes them away at once."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import DateTimeField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Least
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Change, Customer, Watch
from customers.services.access.proof_rule import ShowsChange, ShowsSomePast
from customers.services.access.sight import sight_of

UNREAD_CAP = 99
# Every page counts them: from the watches, which are few, by index to their changes and proofs.
_COUNT = (
    "SELECT COUNT(*) FROM (SELECT 1 FROM customers_watch AS watch JOIN customers_change AS news"
    " ON news.organization_id = watch.organization_id AND news.seen_at > watch.read_until"
    " WHERE watch.user_id = %s AND {shows} LIMIT %s) AS unread"
)


def count_unread(user: AbstractBaseUser) -> int:
    """How many changes; UNREAD_CAP + 1 means more. In one small statement."""
    shows, proof = ShowsChange(user).sql_of("watch.organization_id", "news.after")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(shows=shows), [user.pk, *proof, UNREAD_CAP + 1])
        (count,) = cursor.fetchone() or (0,)
    return int(count)


def is_unread(user: AbstractBaseUser) -> Q:
    watches = Watch.objects.filter(user_id=user.pk, organization_id=OuterRef("organization_id"))
    return Q(Exists(watches.filter(read_until__lt=OuterRef("seen_at"))))


def unread_among(user: AbstractBaseUser, changes: Sequence[Change]) -> set[int]:
    """The keys of the unread ones among these changes, all of which the user may see."""
    keys = {change.organization_id for change in changes}
    watches = Watch.objects.filter(user_id=user.pk, organization_id__in=among(keys))
    marks = dict(watches.values_list("organization_id", "read_until"))
    return {
        change.pk
        for change in changes
        if change.organization_id in marks and change.seen_at > marks[change.organization_id]
    }


def see_watched(user: AbstractBaseUser, customer: Customer) -> bool:
    """Whether it is watched; what its page shows is read. `customer` is of visible_customers."""
    watch = Watch.objects.filter(user_id=user.pk, organization_id=customer.organization_id)
    read_until = watch.values_list("read_until", flat=True).first()
    if read_until is None:
        return False
    changed_at = customer.changed_at
    if sight_of(customer).knows_past and changed_at and changed_at > read_until:
        watch.filter(read_until__lt=changed_at).update(read_until=changed_at)
    return True


def mark_all_read(user: AbstractBaseUser, seen_at: datetime) -> None:
    """What the user had not been shown at `seen_at`, or may not see now, stays unread."""
    until = Value(min(seen_at, timezone.now()), output_field=DateTimeField())
    customer = Customer.objects.filter(pk=OuterRef("organization_id"))
    # Not simply until then: an answer that is being stored now may have arrived before.
    marks = Watch.objects.annotate(known=Least(Subquery(customer.values("changed_at")), until))
    unread = marks.filter(user_id=user.pk, read_until__lt=F("known"))
    unread.filter(ShowsSomePast(user, "organization_id")).update(read_until=F("known"))
