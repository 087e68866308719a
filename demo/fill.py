"""Fill a portal from the sandbox: its organizations, users who may see them, and their past."""

import io
import logging
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import time_machine
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from customers.models import Organization
from customers.services.checking.check import check
from demo import demo_users, sandbox_control
from demo.desk_work import do_the_work_of
from demo.past_weeks import check_as_of, check_what_is_due, mondays_before, without_check
from demo.views_of_staff import keep_views

# Catalyze answered for it some hours ago, and does not now.
_UNANSWERED, _ANSWERED_AGO = "Larch Cooperative", timedelta(hours=5)


def fill(first_day: date, say: Callable[[str], None]) -> str:
    """Returns sentences about how to sign in."""
    # Each week's sign-ins are events that a log would name; here nobody reads them.
    logging.disable(logging.INFO)
    mondays = mondays_before(first_day)
    missing = without_check(mondays)
    if missing:
        say(f"Making {len(missing)} weeks of history: one check a week.")
    for monday in missing:
        _live(monday, mondays, first_day)
    users = demo_users.staff()
    sandbox_control.set_day(timezone.localdate())
    _import_organizations()
    _let_one_be_unanswered(users)
    demo_users.sign_in_upstream(users)
    check_what_is_due(users)
    keep_views(users)
    sign_in = demo_users.new_passwords()
    logging.disable(logging.NOTSET)
    return sign_in


def _live(monday: datetime, mondays: list[datetime], first_day: date) -> None:
    weeks_ago = len(mondays) - 1 - mondays.index(monday)
    with time_machine.travel(monday):
        _import_organizations()
        users = demo_users.staff()
    check_as_of(monday, weeks_ago, users)
    do_the_work_of(weeks_ago, monday, first_day)


def _import_organizations() -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "organizations.csv"
        file.write_bytes(sandbox_control.organizations_csv())
        call_command("import_organizations", str(file), stdout=io.StringIO())


def _let_one_be_unanswered(users: list[User]) -> None:
    for organization in Organization.objects.filter(name=_UNANSWERED):
        with time_machine.travel(timezone.now() - _ANSWERED_AGO):
            demo_users.sign_in_upstream(users)
            for user in users:
                check(user, organization.org_id)
        sandbox_control.set_faults({"kind": "503", "org": organization.org_id})
