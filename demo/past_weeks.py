"""The weekly checks of the weeks before a demo: real ones, made while the clock says so.

This process alone is in the past, and the sandbox answers as on that day. What the portal stores
is what it would have stored then.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from customers.models import SyncRun
from customers.services.sync.report import Options, Report
from customers.services.sync.runner import Sync
from demo import sandbox_control
from demo.demo_users import sign_in_upstream

PAST_WEEKS = 12
_STARTS_AT = time(6, 30)
_OUTAGE = 5  # weeks before the last
# Every so many weeks everybody asks, else Ana alone, whose credentials show almost all.
_EVERYBODY = 4
_OUTAGE_LASTS = timedelta(hours=2)
_A_WEEK = timedelta(weeks=1)
_DOWN = {"kind": "503"}


def mondays_before(day: date) -> list[datetime]:
    """When the checks of the weeks before a day began."""
    last = day - timedelta(days=day.weekday() or 7)
    zone = timezone.get_current_timezone()
    mondays = (last - _A_WEEK * back for back in reversed(range(PAST_WEEKS)))
    return [datetime.combine(monday, _STARTS_AT, zone) for monday in mondays]


def without_check(mondays: Sequence[datetime]) -> list[datetime]:
    """Those that no run has come to yet: all at first, and none once the demo has its past."""
    latest = SyncRun.objects.order_by("started_at").last()
    return [monday for monday in mondays if latest is None or monday > latest.started_at]


def check_as_of(monday: datetime, weeks_ago: int, users: Sequence[User]) -> None:
    """Check everything on a Monday; in one week a second time, since the first met an outage."""
    sandbox_control.set_day(monday.date())
    asking = users if weeks_ago % _EVERYBODY == 0 else users[:1]
    with time_machine.travel(monday):
        sign_in_upstream(users)
        if weeks_ago == _OUTAGE:
            sandbox_control.set_faults(_DOWN)
            check_what_is_due(asking)
    sandbox_control.set_faults()
    with time_machine.travel(monday + _OUTAGE_LASTS if weeks_ago == _OUTAGE else monday):
        check_what_is_due(asking)


def check_what_is_due(users: Sequence[User]) -> Report:
    user_ids = tuple(user.pk for user in users)
    options = Options(user_ids=user_ids, max_age=settings.CUSTOMER_MAX_AGE)
    return Sync(options, started_by="sync_customers").run()
