"""Count the organizations each user sees per hour, and flag unusual hours:
over UNUSUAL_VOLUME, and over three times the busiest hour of the last thirty days."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.db.models import Max

from customers.database.bulk_write import update_row
from customers.database.key_parameters import among
from customers.models import HourlyDisclosures

logger = logging.getLogger(__name__)

_TIMES_THE_USUAL = 3
_USUAL = timedelta(days=30)


def count_shown(user: AbstractBaseUser, organization_ids: set[int], now: datetime) -> None:
    """Counts only organizations new in this hour. The caller holds the log's lock."""
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
    keys = among(organization_ids)
    since = connection.ops.adapt_datetimefield_value(hour)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN.format(keys=keys.sql), [*keys.params, user.pk, since])
        (seen,) = cursor.fetchone()
    return int(seen)


# Written in SQL because it runs under the log's lock. One entry of each organization, so that one
# index lookup is enough, however often it was shown.
_SEEN = """
    SELECT COUNT(*) FROM customers_organization AS shown
    WHERE shown.id IN ({keys}) AND (
        SELECT entry.id FROM customers_disclosure AS entry
        WHERE entry.user_id = %s AND entry.organization_id = shown.id AND entry.seen_at >= %s
        LIMIT 1
    ) IS NOT NULL
"""


def _stands_out(volume: HourlyDisclosures) -> bool:
    if volume.organizations <= settings.UNUSUAL_VOLUME:
        return False
    before = HourlyDisclosures.objects.filter(
        user_id=volume.user_id, hour__gte=volume.hour - _USUAL, hour__lt=volume.hour
    )
    busiest = before.aggregate(most=Max("organizations"))["most"] or 0
    return volume.organizations > _TIMES_THE_USUAL * busiest
