"""Query everything that may be shown, under the rule of proof_rule.py.
Billing is visible only while Catalyze has proved the user's own access within ACCESS_PROOF_TTL, to
superusers too. A permission list proves no past from before it named them. A 400 "not set up" shows
no customer that others were sent later: the upstream may check the set-up before the permission."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Access, Change, Credentials, Customer, LastViewed, ListedUser
from customers.services.access.beside import asking_beside, beside
from customers.services.access.proof_rule import (
    Lists,
    LookedAt,
    SentAt,
    Shows,
    ShowsByOwn,
    ShowsChange,
    ShowsPast,
    ShowsSomePast,
)
from customers.services.access.sight import sight_of


def visible_customers(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The stored answers that `user` may see, with what sight_of() reads."""
    return plainly_visible(user).annotate(
        own_sent=SentAt(user, "pk"), looked_at=LookedAt(user, "pk")
    )


def plainly_visible(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The same answers without the columns for sight_of(): to narrow, count or name."""
    return Customer.objects.filter(_IS_ANSWERED, Shows(user, "pk", "is_set_up"))


_IS_ANSWERED = ~Q(state=Customer.State.UNCHECKED)
# Pages name colleagues, and ask whether they are still there; twice per row, the rest costs.
_NOT_OF_COLLEAGUES = [
    f"{colleague}__{column}"
    for colleague in ("checked_with", "case__owner")
    for column in ("password", "last_login", "first_name", "last_name", "email", "date_joined")
]


def customers_shown_to(user: AbstractBaseUser, keys: Iterable[int]) -> QuerySet[Customer]:
    """With the case of each, which only those may know who may see the organization."""
    customers = visible_customers(user).filter(pk__in=among(keys))
    rows = customers.select_related("organization", "checked_with", "case__owner")
    return rows.defer(*_NOT_OF_COLLEAGUES)


def visible_customer(user: AbstractBaseUser, org_id: str) -> Customer | None:
    """With its case, as customers_shown_to, and what beside() reads."""
    customers = visible_customers(user).filter(organization__org_id=org_id)
    related = ("organization", "checked_with", "case__owner", "payload")
    return _only(customers.select_related(*related).annotate(**asking_beside(user)))


def visible_answer(user: AbstractBaseUser, org_id: str) -> Customer | None:
    """As visible_customer, without what only pages show: the case, and when the user looked."""
    customers = plainly_visible(user).annotate(own_sent=SentAt(user, "pk"))
    found = customers.filter(organization__org_id=org_id)
    return _only(found.select_related("organization", "checked_with", "payload"))


def _only(customers: QuerySet[Customer]) -> Customer | None:
    """One at the most, so there is nothing to order, as first() would."""
    return next(iter(customers), None)


def with_visible_past(user: AbstractBaseUser) -> QuerySet[Customer]:
    """Those of plainly_visible whose whole past `user` may see."""
    return Customer.objects.filter(_IS_ANSWERED, ShowsPast(user, "pk"))


def with_some_past(user: AbstractBaseUser) -> QuerySet[Customer]:
    """Also those whose changes `user` may see only since a permission list has named them."""
    return Customer.objects.filter(_IS_ANSWERED, ShowsSomePast(user, "pk"))


def changed_since_looked(user: AbstractBaseUser) -> Q:
    """Only where `user` may see the past."""
    looked = LastViewed.objects.filter(
        user_id=user.pk, looked_at__lt=F("organization__customer__changed_at")
    )
    return Q(ShowsPast(user, "pk"), pk__in=looked.values("organization_id"))


def visible_changes(user: AbstractBaseUser) -> QuerySet[Change]:
    """Those of organizations whose customer `user` was sent within ACCESS_PROOF_TTL, and those that
    happened while a permission list has named them."""
    shown = ShowsChange(user, "organization_id", "after")
    return Change.objects.filter(shown).select_related("seen_with")


def sees_whole_past(user: AbstractBaseUser, organization_id: int) -> bool:
    return with_visible_past(user).filter(pk=organization_id).exists()


def past_of(user: AbstractBaseUser, customer: Customer) -> list[Change]:
    """The changes of one organization that `user` may see, latest first: all if they were sent its
    customer recently, or if it has only been removed since. Otherwise only those since a permission
    list has named them: changes are shown backwards, through answers that others were sent."""
    if not beside(customer).has_changes:
        return []
    sent_at = last_sent(user, customer)
    if sent_at is None:
        return list(visible_changes(user).filter(organization_id=customer.pk))
    of_one = Change.objects.filter(organization_id=customer.pk)
    changes = list(of_one.select_related("seen_with"))
    if sent_at >= oldest_valid():
        return changes
    later = [change for change in changes if _came_after(sent_at, change, user)]
    states = [change.differences.get("state", ["", ""])[1] for change in later]
    return changes if states in ([], [Customer.State.NONE]) else []


def _came_after(sent_at: datetime, change: Change, user: AbstractBaseUser) -> bool:
    """Whether it happened after the answer at `sent_at`, and that answer did not show it."""
    is_its_own = change.seen_with_id == user.pk and change.after < sent_at
    return change.seen_at > sent_at and not is_its_own


def last_sent(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    """When the present credentials were last sent this customer; None if no own proof shows it.
    Decides about notes and viewers too, which reveal answers that others were sent."""
    if recently := sight_of(customer).sent_at:
        return recently
    own = Access.objects.filter(_is_own("customer_sent_at", user), user_id=user.pk)
    sent = own.filter(organization_id=customer.pk).values_list("customer_sent_at", flat=True)
    found = next(iter(sent), None)
    shown = Customer.objects.filter(_IS_ANSWERED, ShowsByOwn(user, "pk", "is_set_up"))
    return found if found and shown.filter(pk=customer.pk).exists() else None


def granted_proofs(user: AbstractBaseUser) -> QuerySet[Access]:
    granted = Access.objects.filter(user_id=user.pk, state=Access.State.GRANTED)
    return granted.filter(_is_own("proved_at", user), proved_at__gte=oldest_valid())


def listed_proofs(user: AbstractBaseUser) -> QuerySet[ListedUser]:
    """Those of organizations that only a permission list proves."""
    listed = ListedUser.objects.filter(Lists(user, "organization_id"), user_id=user.pk)
    own = granted_proofs(user).filter(organization_id=OuterRef("organization_id"))
    return listed.filter(~Exists(own))


def oldest_valid() -> datetime:
    """Proofs from this time on are within ACCESS_PROOF_TTL."""
    return timezone.now() - settings.ACCESS_PROOF_TTL


def _is_own(column: str, user: AbstractBaseUser) -> Q:
    """Proved by the present credentials. The database compares: without credentials, none match."""
    proves_since = Credentials.objects.filter(user_id=user.pk).values("proves_since")
    return Q((f"{column}__gte", Subquery(proves_since)))
