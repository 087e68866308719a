"""Every kind of user with regard to access, and two organizations."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import Permission, User
from django.utils import timezone

from customers.models import (
    Access,
    Credentials,
    Customer,
    Note,
    Organization,
    PastedList,
    SavedView,
    SyncRun,
    Watch,
)
from customers.services.pasted_lists.keeping import keep
from customers.services.pasted_lists.pasted_text import read_pasted
from tests.helpers.access.access_table import (
    BOARD,
    CARD,
    CASE,
    EMPTIED,
    EXPORT,
    NOTE,
    PAST,
    REPLY,
    VIEW,
    VIEW_KEY,
    WATCH,
)
from tests.helpers.access.ways_to_ask import PASTED_KEY
from tests.helpers.rows import failure, give_credentials, grant, make_change, make_customer

WALKED_ORG, EMPTIED_ORG = "walked-org", "emptied-org"
# Texts that reveal each of these, wherever they appear.
MARKS = {
    CARD: ("9876", "cus_walked", "Walked Organization", "billing@walked.example"),
    EMPTIED: ("Emptied Organization",),
    PAST: ("1881", "a note of the walk"),
}
EVERYTHING = frozenset(MARKS)
# The permissions of the group "Support".
SUPPORT = frozenset({VIEW, EXPORT, NOTE, WATCH, CASE})
EVERYTHING_ELSE = frozenset({EXPORT, NOTE, WATCH, BOARD, REPLY, CASE})


def make_world() -> None:
    """A renewed card that was sent to somebody else, of a customer whose charge failed, and a
    customer that lost its card."""
    other = User.objects.create_user("other", is_staff=True)
    give_credentials(other)
    now = timezone.now()
    began = now - timedelta(minutes=1)
    SyncRun.objects.create(
        pk=1_000_001, started_at=began, beat_at=now, ended_at=now, started_by="other", failed=1
    )
    walked = Organization.objects.create(org_id=WALKED_ORG, name="Walked Organization")
    known = {"first_checked_at": timezone.now() - timedelta(days=30)}
    card = {"last4": "9876", "exp_month": 5, "exp_year": 2035}
    failed = {"attempted_at": began, "last_error": failure("It was out of order.")}
    walked_customer = {
        "customer_id": "cus_walked",
        "email": "billing@walked.example",
        "delinquent": True,
    }
    make_customer(walked, **walked_customer, **card, **known, **failed)
    renewed = make_change(walked, exp_year=[2020, 2035], last4=["1111", "9876"])
    renewed.changed_method = True
    renewed.save()
    emptied = Organization.objects.create(org_id=EMPTIED_ORG, name="Emptied Organization")
    gone = {"last4": "", "brand": "", "customer_id": "", "delinquent": None}
    make_customer(emptied, state=Customer.State.NONE, is_set_up=False, **gone, **known)
    make_change(emptied, last4=["1881", ""], state=["card", "none"], brand=["Visa", ""])
    for organization in (walked, emptied):
        grant(other, organization)
        Note.objects.create(
            organization=organization,
            author=other,
            written_at=timezone.now(),
            text="a note of the walk",
        )


@dataclass(frozen=True, slots=True)
class Kind:
    """`make` returns the user (None: not signed in); `sees` is what their proofs show."""

    make: Callable[[], User | None]
    sees: frozenset[str] = frozenset()
    is_staff: bool = True
    is_superuser: bool = False
    permissions: frozenset[str] = SUPPORT

    @property
    def sees_on_pages(self) -> frozenset[str]:
        """Without permission to see customers, proofs show nothing."""
        may_see = self.is_superuser or VIEW in self.permissions
        return self.sees if may_see else frozenset()


def _user(
    *, staff: bool = True, superuser: bool = False, permissions: frozenset[str] = SUPPORT
) -> User:
    user = User.objects.create_user("walker", is_staff=staff, is_superuser=superuser)
    for permission in permissions:
        app, _, codename = permission.partition(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=app, codename=codename)
        )
    kept = keep(user, read_pasted(f"{WALKED_ORG}\n{EMPTIED_ORG}"))
    PastedList.objects.filter(pk=kept.pk).update(key=PASTED_KEY)
    before = timezone.now() - timedelta(days=1)
    for organization in Organization.objects.all():
        Watch.objects.create(user=user, organization=organization, since=before, read_until=before)
    now = timezone.now()
    SavedView.objects.create(
        pk=VIEW_KEY, name="all", owner=user, made_at=now, changed_at=now, shared_at=now
    )
    return user


def _with_proof(user: User, **facts: object) -> User:
    give_credentials(user, "the walker's own token")
    for organization in Organization.objects.all():
        grant(user, organization, **facts)
    return user


def _too_old(user: User) -> User:
    before = timezone.now() - timedelta(days=4)
    return _with_proof(user, proved_at=before, customer_sent_at=before)


def _former(user: User) -> User:
    """Has proofs by credentials that were replaced by another Catalyze user's."""
    _with_proof(user)
    Credentials.objects.filter(user=user).update(proves_since=timezone.now())
    return user


def _without_credentials(user: User) -> User:
    """Has proofs that outlived their credentials."""
    _with_proof(user)
    Credentials.objects.filter(user=user).delete()
    return user


def _with_credentials(user: User) -> User:
    give_credentials(user, "the walker's own token")
    return user


_REFUSED = {"customer_sent_at": None}

KINDS = {
    "anonymous": Kind(lambda: None, is_staff=False),
    "not staff": Kind(lambda: _with_proof(_user(staff=False)), EVERYTHING, is_staff=False),
    "staff without the permission": Kind(
        lambda: _with_proof(_user(permissions=frozenset())), EVERYTHING, permissions=frozenset()
    ),
    "staff who may do everything but look": Kind(
        lambda: _with_proof(_user(permissions=EVERYTHING_ELSE)),
        EVERYTHING,
        permissions=EVERYTHING_ELSE,
    ),
    "staff who may only look": Kind(
        lambda: _with_proof(_user(permissions=frozenset({VIEW}))),
        EVERYTHING,
        permissions=frozenset({VIEW}),
    ),
    "staff without credentials": Kind(lambda: _without_credentials(_user())),
    "operator who watches everybody's credentials": Kind(
        lambda: _user(permissions=frozenset({VIEW, BOARD})), permissions=frozenset({VIEW, BOARD})
    ),
    "proof granted": Kind(lambda: _with_proof(_user()), EVERYTHING),
    "proof granted only by a 400": Kind(
        lambda: _with_proof(_user(), **_REFUSED), frozenset({EMPTIED})
    ),
    "denied": Kind(lambda: _with_proof(_user(), state=Access.State.DENIED, **_REFUSED)),
    "missing": Kind(lambda: _with_proof(_user(), state=Access.State.MISSING, **_REFUSED)),
    "proof too old": Kind(lambda: _too_old(_user())),
    "proof of former credentials": Kind(lambda: _former(_user())),
    "only another user's proof": Kind(lambda: _with_credentials(_user())),
    "superuser without proof": Kind(lambda: _user(superuser=True), is_superuser=True),
    "superuser with proof": Kind(
        lambda: _with_proof(_user(superuser=True)), EVERYTHING, is_superuser=True
    ),
}
