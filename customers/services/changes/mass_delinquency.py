"""Changes of a sync in which so many became delinquent that they are reported as one event."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q

from customers.models import SyncRun
from customers.services.access.visible import visible_changes


def count_mass_delinquency(user: AbstractBaseUser, since: datetime) -> int:
    """The organizations that became delinquent with many others and still are."""
    changes = visible_changes(user).filter(in_mass_delinquency(since), seen_at__gt=since)
    still = changes.filter(organization__customer__delinquent=True)
    return still.order_by().values("organization").distinct().count()


def in_mass_delinquency(since: datetime) -> Q:
    """A condition on changes after `since`."""
    runs = SyncRun.objects.filter(tally__is_mass_delinquency=True, ended_at__gte=since)
    during = (Q(seen_at__range=span) for span in runs.values_list("started_at", "ended_at"))
    return Q(became_delinquent=True) & reduce(or_, during, Q(pk__in=[]))
