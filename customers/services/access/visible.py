"""Who may see what: the one place that decides.

A user sees an organization's billing only while their own credentials have proved access to it
within ACCESS_PROOF_TTL. A 400 "not set up" grants only what it says: nobody knows whether the
upstream looks at the permission or at the set-up first, so it does not show a customer that
someone else was sent later. Superusers are no exception.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf
from django.utils import timezone

from customers.database.key_parameters import KEYS, among, as_parameter
from customers.database.prepared import Given, Prepared
from customers.models import Access, Change, Credentials, Customer, Note, ReplyTemplate

# Whose proofs are asked for, and from when on they count, in queries that are put into SQL once.
USER, OLDEST = Given("user", BigIntegerField()), Given("oldest", DateTimeField())


def visible_customers(user: AbstractBaseUser) -> QuerySet[Customer]:
    """The last answers that `user` may be shown.

    Each has `changed_for_user`, its `changed_at`, and `state_since`, when its present state was
    first seen; null where that would tell of answers to others, because this user was only ever
    told "not set up", or was sent a customer too long ago, or by credentials of before.
    `looked_at` is the arrival of the answer that they last opened its page with.
    """
    return shown_by(user, shown_to(user))


def shown_by(user: AbstractBaseUser, proofs: QuerySet[Access]) -> QuerySet[Customer]:
    """What these proofs show, which are some or all of shown_to(user)."""
    return with_own(plainly_shown_by(proofs), user.pk, oldest_valid())


def customers_shown_to(user: AbstractBaseUser, keys: Iterable[int]) -> list[Customer]:
    """Those of visible_customers that have these keys, in no order, each with its organization and
    whose credentials it was checked with."""
    return _SHOWN.ask(**given_of(user), keys=as_parameter(keys))


_SHOWN = Prepared(
    lambda: (
        with_own(plainly_shown_by(proofs_of(USER, OLDEST)), USER, OLDEST)
        .filter(pk__in=among(KEYS))
        .select_related("organization", "checked_with")
    ),
    by_key=True,
)


def with_own(
    customers: QuerySet[Customer], user_id: int | Given, oldest: datetime | Given
) -> QuerySet[Customer]:
    """`customers` with what each of visible_customers has from the user's own proof."""
    own = Access.objects.filter(user_id=user_id, organization_id=OuterRef("pk"))
    sent = own.filter(_is_valid("customer_sent_at", user_id, oldest))
    return customers.annotate(
        own_sent=Subquery(sent.values("customer_sent_at")),
        looked_at=Subquery(own.values("looked_at")),
    ).annotate(
        changed_for_user=Case(When(own_sent__isnull=False, then=F("changed_at"))),
        state_since=Case(When(own_sent__isnull=False, then=F("state_seen_at"))),
    )


def plainly_shown_by(proofs: QuerySet[Access], *, few: bool = False) -> QuerySet[Customer]:
    """The same organizations, without what each has from the user's own proof: for what is only
    narrowed, counted or put in order. `few` says that they are a small part of shown_to."""
    return Customer.objects.filter(_is_of(proofs, "pk", few=few))


def _is_of(proofs: QuerySet[Access], column: str, *, few: bool = False) -> Q:
    """That `column` is the organization of one of these proofs.

    PostgreSQL joins them in the order that costs least. SQLite would first make a list of all that
    the user may see, so unless they are `few` it is made to look for the proof of each row that it
    reads.
    """
    if connection.vendor == "sqlite" and not few:
        return Q(Exists(proofs.filter(organization_id=OuterRef(column))))
    return Q((f"{column}__in", proofs.values("organization_id")))


def shown_to(user: AbstractBaseUser) -> QuerySet[Access]:
    """The proofs that show `user` something now.

    A customer needs one that was sent to this user, "not set up" a grant of any kind, and both
    within ACCESS_PROOF_TTL; `shows_since` says from when on each shows what is stored now.
    """
    return proofs_of(user.pk, oldest_valid())


def proofs_of(user_id: int | Given, oldest: datetime | Given) -> QuerySet[Access]:
    """What shown_to says, of a user and a time that may be given only when it is asked."""
    return Access.objects.filter(_is_valid("shows_since", user_id, oldest), user_id=user_id)


def proof_of(user: AbstractBaseUser, org_id: str) -> Access | None:
    """The proof that shows `user` this organization now, if any.

    With it comes, in one query, what a page about it needs first: its customer, with all that one
    of visible_customers has and `last_sent`, which is what last_sent tells, and what may_have
    tells; who checked it, its payload, and the user's credentials.
    """
    for proof in _PROOF.ask(**given_of(user), org_id=org_id):
        customer = proof.organization.customer
        own = {name: vars(proof)[name] for name in ("own_sent", "last_sent", "looked_at", *_THERE)}
        was_sent = own["own_sent"] is not None
        own["changed_for_user"] = customer.changed_at if was_sent else None
        own["state_since"] = customer.state_seen_at if was_sent else None
        vars(customer).update(own)
        return proof
    return None


_PROOF = Prepared(
    lambda: (
        proofs_of(USER, OLDEST)
        .filter(
            organization__org_id=Given("org_id", CharField()), organization__customer__isnull=False
        )
        .annotate(
            own_sent=Case(
                When(_is_valid("customer_sent_at", USER, OLDEST), then="customer_sent_at")
            ),
            last_sent=Case(When(_is_own("customer_sent_at", USER), then="customer_sent_at")),
            **{name: Exists(rows()) for name, rows in _THERE.items()},
        )
        .select_related(
            "organization__customer__checked_with",
            "organization__customer__payload",
            "user__credentials",
        )
    ),
    by_key=True,
)


# What most organizations have none of, so that a page would ask for it in vain.
_THERE: dict[str, Callable[[], QuerySet]] = {
    "notes": lambda: Note.objects.filter(organization=OuterRef("organization")),
    "changes": lambda: Change.objects.filter(organization=OuterRef("organization")),
    "card_of_others": lambda: _others_with("fingerprint_hash"),
    "customer_of_others": lambda: _others_with("customer_id"),
    "texts_of_staff": ReplyTemplate.objects.all,
}


def _others_with(column: str) -> QuerySet[Customer]:
    same = OuterRef(f"organization__customer__{column}")
    return others_with(column, same, OuterRef("organization"))


def others_with(column: str, value: Combinable, organization: Combinable) -> QuerySet[Customer]:
    """The other organizations that USER may see which have the same there, unless it is empty."""
    shown = plainly_shown_by(proofs_of(USER, OLDEST))
    # What is empty becomes null, which the index has none of; as it is, it has all that are empty.
    return shown.filter(**{column: NullIf(value, Value(""))}).exclude(pk=organization)


def may_have(customer: Customer, what: str) -> bool:
    """Whether to ask for one of _THERE: not if `customer` is of proof_of, which saw none."""
    return bool(vars(customer).get(what, True))


def past_shown_to(user: AbstractBaseUser) -> QuerySet[Access]:
    """Those of shown_to(user) that show all changes, too: a customer was sent within the time."""
    return past_proofs_of(user.pk, oldest_valid())


def past_proofs_of(user_id: int | Given, oldest: datetime | Given) -> QuerySet[Access]:
    """What past_shown_to says, of a user and a time that may be given only when it is asked."""
    return proofs_of(user_id, oldest).filter(_is_valid("customer_sent_at", user_id, oldest))


def changed_since_looked(user_id: int | Given, oldest: datetime | Given) -> QuerySet[Access]:
    """Those of past_shown_to a user whose organization changed after they last opened its page."""
    return past_proofs_of(user_id, oldest).filter(
        looked_at__isnull=False, organization__customer__changed_at__gt=F("looked_at")
    )


def visible_changes(user: AbstractBaseUser) -> QuerySet[Change]:
    """All changes of organizations whose customer `user` was sent within ACCESS_PROOF_TTL, the
    latest first."""
    return changes_of(user.pk, oldest_valid()).select_related("seen_with")


def changes_of(user_id: int | Given, oldest: datetime | Given) -> QuerySet[Change]:
    """What visible_changes says, of a user and a time that may be given only when it is asked."""
    return Change.objects.filter(_is_of(past_proofs_of(user_id, oldest), "organization_id"))


def sees_whole_past(user: AbstractBaseUser, organization_id: int) -> bool:
    """Whether `user` may be shown all changes of the organization, none left out."""
    return plainly_shown_by(past_shown_to(user)).filter(pk=organization_id).exists()


def past_of(user: AbstractBaseUser, customer: Customer) -> list[Change]:
    """The changes of one organization that `user` may be shown, the latest first.

    Who was sent its customer lately sees all. Who was sent one longer ago, and is only told "not
    set up" since, sees all, too, if nothing has happened since but that it was removed; else none,
    for changes are told backwards, over what others were sent.
    """
    sent_at = last_sent(user, customer)
    if sent_at is None or not may_have(customer, "changes"):
        return []
    changes = _CHANGES.ask(organization=customer.pk)
    if sent_at >= oldest_valid():
        return changes
    later = [change for change in changes if _came_after(sent_at, change, user)]
    states = [change.differences.get("state", ["", ""])[1] for change in later]
    return changes if states in ([], [Customer.State.NONE]) else []


_CHANGES = Prepared(
    lambda: Change.objects.filter(
        organization_id=Given("organization", BigIntegerField())
    ).select_related("seen_with"),
    by_key=True,
)


def _came_after(sent_at: datetime, change: Change, user: AbstractBaseUser) -> bool:
    """Whether `change` is of later than what `user` was sent then, and not what that showed."""
    is_its_own = change.seen_with_id == user.pk and change.after < sent_at
    return change.seen_at > sent_at and not is_its_own


def last_sent(user: AbstractBaseUser, customer: Customer) -> datetime | None:
    """When `user` was last sent the customer of an organization by their present credentials.

    None also while they may not see it now. Notes and viewers are shown by this, too: they tell
    of what others were sent. One of visible_customers brings the answer along, if it was lately;
    that of proof_of in any case.
    """
    if "last_sent" in vars(customer):
        return cast("datetime | None", vars(customer)["last_sent"])
    if lately := getattr(customer, "own_sent", None):
        return cast("datetime", lately)
    sent = shown_to(user).filter(_is_own("customer_sent_at", user.pk), organization_id=customer.pk)
    return sent.values_list("customer_sent_at", flat=True).first()


def given_of(user: AbstractBaseUser) -> dict[str, object]:
    """What USER and OLDEST stand for when `user` asks now."""
    return {"user": user.pk, "oldest": oldest_valid()}


def oldest_valid() -> datetime:
    """From when on a time of a proof is within ACCESS_PROOF_TTL."""
    return timezone.now() - settings.ACCESS_PROOF_TTL


def _is_valid(column: str, user_id: int | Given, oldest: datetime | Given) -> Q:
    """That a time of a proof is within ACCESS_PROOF_TTL, and of the present credentials."""
    return Q((f"{column}__gte", oldest)) & _is_own(column, user_id)


def _is_own(column: str, user_id: int | Given) -> Q:
    """That a time of a proof is of the present credentials: the database compares with them itself,
    so that without any nothing is."""
    proves_since = Credentials.objects.filter(user_id=user_id).values("proves_since")
    return Q((f"{column}__gte", Subquery(proves_since)))
