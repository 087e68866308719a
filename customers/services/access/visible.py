"""Who may see what: proof_rule.py decides, and all that is shown is asked for here.

A user sees an organization's billing only while their own credentials have proved access to it
within ACCESS_PROOF_TTL. A 400 "not set up" grants only what it says: nobody knows whether the
upstream looks at the permission or at the set-up first, so it does not show a customer that
someone else was sent later. Superusers are no exception.
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Access, Change, Credentials, Customer, LastViewed
from customers.services.access.proof_rule import SentAt, Shows, ShowsPast
from customers.services.access.sight import sight_of


def visible_customers(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The last answers that `user` may be shown.

    What each of them tells besides its present state is in sight_of().
    """
    looked = LastViewed.objects.filter(user_id=user.pk, organization_id=OuterRef("pk"))
    return plainly_visible(user).annotate(
        own_sent=SentAt(user, "pk"), looked_at=Subquery(looked.values("looked_at"))
    )


def plainly_visible(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The same, without what each has from the user's own proof: for what is only narrowed, counted
    or named."""
    return Customer.objects.filter(_IS_ANSWERED, Shows(user, "pk", "is_set_up"))


_IS_ANSWERED = ~Q(state=Customer.State.UNCHECKED)


def customers_shown_to(user: AbstractBaseUser, keys: Iterable[int]) -> QuerySet[Customer]:
    """Those of visible_customers that have these keys, in no order, each with its organization and
    whose credentials it was checked with."""
    customers = visible_customers(user).filter(pk__in=among(keys))
    return customers.select_related("organization", "checked_with")


def visible_customer(user: AbstractBaseUser, org_id: str) -> Customer | None:
    """What `user` may be shown of one organization, with its payload and all that a page names."""
    customers = visible_customers(user).filter(organization__org_id=org_id)
    return customers.select_related("organization", "checked_with", "payload").first()


def with_visible_past(user: AbstractBaseUser) -> QuerySet[Customer]:
    """Those of visible_customers whose past `user` may see, too, without what each has besides."""
    return Customer.objects.filter(_IS_ANSWERED, ShowsPast(user, "pk"))


def changed_since_looked(user: AbstractBaseUser) -> Q:
    """The condition on Customer that it changed after `user` last opened its page, as far as they
    may see its past."""
    looked = LastViewed.objects.filter(
        user_id=user.pk, looked_at__lt=F("organization__customer__changed_at")
    )
    return Q(ShowsPast(user, "pk"), pk__in=looked.values("organization_id"))


def visible_changes(user: AbstractBaseUser) -> QuerySet[Change]:
    """All changes of organizations whose customer `user` was sent within ACCESS_PROOF_TTL, the
    latest first."""
    return Change.objects.filter(ShowsPast(user, "organization_id")).select_related("seen_with")


def sees_whole_past(user: AbstractBaseUser, organization_id: int) -> bool:
    """Whether `user` may be shown all changes of the organization, none left out."""
    return with_visible_past(user).filter(pk=organization_id).exists()


def past_of(user: AbstractBaseUser, customer: Customer) -> list[Change]:
    """The changes of one organization that `user` may be shown, the latest first.

    Who was sent its customer lately sees all. Who was sent one longer ago, and is only told "not
    set up" since, sees all, too, if nothing has happened since but that it was removed; else none,
    for changes are told backwards, over what others were sent.
    """
    sent_at = last_sent(user, customer)
    if sent_at is None:
        return []
    of_one = Change.objects.filter(organization_id=customer.pk)
    changes = list(of_one.select_related("seen_with"))
    if sent_at >= oldest_valid():
        return changes
    later = [change for change in changes if _came_after(sent_at, change, user)]
    states = [change.differences.get("state", ["", ""])[1] for change in later]
    return changes if states in ([], [Customer.State.NONE]) else []


def _came_after(sent_at: datetime, change: Change, user: AbstractBaseUser) -> bool:
    """Whether `change` is of later than what `user` was sent then, and not what that showed."""
    is_its_own = change.seen_with_id == user.pk and change.after < sent_at
    return change.seen_at > sent_at and not is_its_own


def last_sent(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    """When `user` was last sent the customer of an organization by their present credentials.

    None also while they may not see it now. Notes and viewers are shown by this, too: they tell
    of what others were sent. One of visible_customers brings the answer along if it was recent.
    """
    if recently := sight_of(customer).sent_at:
        return recently
    own = Access.objects.filter(_is_own("customer_sent_at", user), user_id=user.pk)
    sent = own.filter(organization_id=customer.pk).values_list("customer_sent_at", flat=True)
    return sent.first() if plainly_visible(user).filter(pk=customer.pk).exists() else None


def granted_proofs(user: AbstractBaseUser) -> QuerySet[Access]:
    """The proofs of `user` that count now, whatever they show."""
    granted = Access.objects.filter(user_id=user.pk, state=Access.State.GRANTED)
    return granted.filter(_is_own("proved_at", user), proved_at__gte=oldest_valid())


def oldest_valid() -> datetime:
    """From when on a time of a proof is within ACCESS_PROOF_TTL."""
    return timezone.now() - settings.ACCESS_PROOF_TTL


def _is_own(column: str, user: AbstractBaseUser) -> Q:
    """That a time of a proof is of the present credentials: the database compares with them itself,
    so that without any nothing is."""
    proves_since = Credentials.objects.filter(user_id=user.pk).values("proves_since")
    return Q((f"{column}__gte", Subquery(proves_since)))
