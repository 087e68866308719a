"""Count how many organizations each user is shown an hour, and flag what stands out.

The rule: more than UNUSUAL_VOLUME organizations within one hour, and more than three times as many
as in the user's busiest hour of the thirty days before.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, OuterRef, Subquery

from customers.database.bulk_write import update_row
from customers.database.key_parameters import among
from customers.models import Disclosure, HourlyDisclosures, Organization

logger = logging.getLogger(__name__)

_TIMES_THE_USUAL = 3
_USUAL = timedelta(days=30)


def count_shown(user: AbstractBaseUser, organization_ids: set[int], now: datetime) -> None:
    """Count those that `user` is shown for the first time this hour, before they are recorded.

    Called while the log is locked, so that nobody counts the same ones.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    seen = _seen(user, organization_ids, hour)
    if seen == len(organization_ids):
        return
    volume, _ = HourlyDisclosures.objects.get_or_create(user_id=user.pk, hour=hour)
    volume.organizations += len(organization_ids) - seen
    if not volume.is_unusual and _stands_out(volume):
        volume.is_unusual = True
        logger.warning(
            "User %s was shown the billing of %s organizations within an hour.",
            user.pk,
            volume.organizations,
        )
    update_row(volume, "organizations", "is_unusual")


def _seen(user: AbstractBaseUser, organization_ids: set[int], hour: datetime) -> int:
    """How many of them `user` has been shown since then."""
    shown = Disclosure.objects.filter(
        user_id=user.pk, organization_id=OuterRef("pk"), seen_at__gte=hour
    ).order_by()
    # One entry of each, so that one look into the index does, however often it was shown.
    known = Organization.objects.annotate(seen=Subquery(shown.values("pk")[:1]))
    return known.filter(pk__in=among(organization_ids), seen__isnull=False).count()


def _stands_out(volume: HourlyDisclosures) -> bool:
    if volume.organizations <= settings.UNUSUAL_VOLUME:
        return False
    before = HourlyDisclosures.objects.filter(
        user_id=volume.user_id, hour__gte=volume.hour - _USUAL, hour__lt=volume.hour
    )
    busiest = before.aggregate(most=Max("organizations"))["most"] or 0
    return volume.organizations > _TIMES_THE_USUAL * busiest
