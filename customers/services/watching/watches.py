"""Watch organizations, and stop. Only those that the user may see begin to be watched."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from customers.database.key_parameters import among
from customers.models import Customer, Watch
from customers.services.access.kept_figures import forget_figures
from customers.services.access.visible import plainly_visible

MOST_WATCHED = 500


@dataclass(frozen=True, slots=True)
class Begun:
    watched: int  # of those that were asked for, as many as are watched now
    left_out: int  # of those that were asked for, as many as are over MOST_WATCHED


def watch(user: AbstractBaseUser, keys: Collection[int], seen_at: datetime | None = None) -> Begun:
    """Watch these organizations; what changed after `seen_at` is unread."""
    now = timezone.now()
    until = min(seen_at or now, now)
    with transaction.atomic():
        # Serialize per user, so that MOST_WATCHED holds.
        User.objects.select_for_update().get(pk=user.pk)
        visible = plainly_visible(user).filter(pk__in=among(keys))
        watched = set(visible.filter(is_watched(user)).values_list("pk", flat=True))
        new = list(visible.exclude(pk__in=among(watched)).order_by("folded_name", "pk"))
        room = max(0, MOST_WATCHED - watched_by(user))
        Watch.objects.bulk_create(_begun(user, customer, until) for customer in new[:room])
    forget_figures(user.pk)
    return Begun(len(watched) + len(new[:room]), len(new[room:]))


def stop_watching(user: AbstractBaseUser, keys: Collection[int]) -> int:
    """Returns how many were watched."""
    stopped: int = Watch.objects.filter(user_id=user.pk, organization_id__in=among(keys)).delete()[
        0
    ]
    forget_figures(user.pk)
    return stopped


def is_watched(user: AbstractBaseUser) -> Q:
    return Q(pk__in=Watch.objects.filter(user_id=user.pk).values("organization_id"))


def watched_by(user: AbstractBaseUser) -> int:
    return plainly_visible(user).filter(is_watched(user)).count()


def watches_any(user: AbstractBaseUser) -> bool:
    return Watch.objects.filter(user_id=user.pk).exists()


def _begun(user: AbstractBaseUser, customer: Customer, until: datetime) -> Watch:
    known = min(filter(None, (customer.changed_at, until)))
    return Watch(user_id=user.pk, organization_id=customer.pk, since=known, read_until=known)
