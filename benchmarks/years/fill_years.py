"""Fill what a desk has after years, on top of what benchmarks.machinery.filling fills.

Changes go back three years and the disclosure log six, each with a month that is past its
retention. The log is written by the portal's own code, so its chain is valid."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.machinery.crowd import admit
from benchmarks.machinery.filling import (
    fill,
    insert_rows,
    make_table,
    numbers_to,
    run_sql,
    tidy,
    without_indexes,
)
from benchmarks.machinery.payloads import AT_FIRST, bodies
from customers.models import (
    Case,
    CaseStep,
    Change,
    Disclosure,
    LastViewed,
    LastVisit,
    Note,
    Organization,
    Payload,
    SyncRun,
    Watch,
)
from customers.models.change import KINDS
from customers.services.disclosures.log import append, locked_head
from customers.services.history.change_kinds import kinds_of

CHANGES, DISCLOSURES = 20, 30  # of each organization
_A_MONTH = timedelta(days=30)
_CHANGED_FOR, _LOGGED_FOR = timedelta(days=1095) + _A_MONTH, timedelta(days=2190) + _A_MONTH
_SPREAD = 3001  # moments between two changes of an organization
_MOMENTS = CHANGES * _SPREAD
_ON_A_PAGE, _AT_ONCE = 50, 500
_DIFFERENCES = (
    {"delinquent": [False, True]},
    {"balance": [0, -1200]},
    {"exp_year": [2024, 2028]},
    {"state": ["card", "none"], "last4": ["1881", ""]},
    {"subscription_count": [1, 2]},
    {"delinquent": [True, False]},
    {"last4": ["1881", "4242"]},
    {"state": ["none", "card"], "last4": ["", "1881"]},
    {"balance": [-1200, 0]},
    {"email": ["billing@clinic.example", "accounts@clinic.example"]},
)


def fill_years(organizations: int, people: int, username: str) -> User:
    """All of the `people` may see all organizations."""
    user = fill(organizations, username)
    Change.objects.all().delete()  # all of the last day, as no desk sees them
    admit(people)
    _make_past(timezone.now())
    with without_indexes():
        run_sql(_KNOWN_SINCE)
        insert_rows(Change, _CHANGE, _HAPPENED)
        _store_payloads()
        _work_on(people)
        _write_log()
    tidy()
    return user


def _make_past(now: datetime) -> None:
    """Tables to look up: moments, the oldest first, and differences with their kinds."""
    is_postgresql = connection.vendor == "postgresql"
    adapt = connection.ops.adapt_datetimefield_value
    moments = [now - _CHANGED_FOR * (1 - k / _MOMENTS) for k in range(_MOMENTS)]
    kind_columns = ", ".join(f"{kind} boolean" for kind in KINDS)
    differences = [
        (json.dumps(each), *(kind in kinds_of(each) for kind in KINDS)) for each in _DIFFERENCES
    ]
    moment = "timestamp with time zone" if is_postgresql else "datetime"
    make_table("past", f"at {moment}", [(adapt(at),) for at in moments])
    renewals = [(now.date() + timedelta(days=k),) for k in range(28)]
    make_table("renewal", "day date", renewals)
    make_table("happening", f"differences jsonb, {kind_columns}", differences)


def _store_payloads() -> None:
    compressed = Payload.compress(next(bodies(1, AT_FIRST))).hex()
    body = f"'\\x{compressed}'" if connection.vendor == "postgresql" else f"x'{compressed}'"
    insert_rows(Payload, {"customer_id": "id", "compressed": body}, "customers_organization")


def _work_on(people: int) -> None:
    """Notes, cases and their steps, watches, looks and visits, and ninety days of syncs."""
    someone = f"1 + n % {people}"
    n_at = f"SELECT id AS n, at FROM customers_organization JOIN past ON k = id * 53 % {_MOMENTS}"
    pairs = f"SELECT u.id AS u, n, at FROM auth_user AS u JOIN ({n_at}) AS o ON n %"
    text = "'The practice will send a new card.'"
    note = {"organization_id": "n", "author_id": someone, "written_at": "at", "text": text}
    insert_rows(Note, note, f"({n_at} WHERE id % 3 = 0) AS noted")
    handled = {"customer_id": "n", "handled_at": "at", "handled_by_id": someone}
    insert_rows(Case, handled, f"({n_at} WHERE id % 4 = 0) AS handled")
    owned = {"customer_id": "n", "owner_id": someone}
    insert_rows(Case, owned, f"({n_at} WHERE id % 20 = 1) AS owned")
    step = {"case_id": "customer_id", "kind": "'taken'", "by_id": "1", "taken_at": "at"}
    thrice = f"customers_case CROSS JOIN ({numbers_to(3)}) AS step JOIN past ON k = n"
    insert_rows(CaseStep, step, thrice)
    watch = {"user_id": "u", "organization_id": "n", "since": "at", "read_until": "at"}
    insert_rows(Watch, watch, f"({pairs} 2003 = u.id) AS watched")
    look = {"user_id": "u", "organization_id": "n", "looked_at": "at"}
    insert_rows(LastViewed, look, f"({pairs} 53 = u.id) AS looked")
    two_days_ago = timezone.now() - timedelta(days=2)
    LastVisit.objects.create(
        user_id=1,
        session_began_at=timezone.now(),
        last_request_at=timezone.now(),
        previous_request_at=two_days_ago,
    )
    sync = {"started_at": "at", "ended_at": "at", "started_by": "'cron'", "ending": "'complete'"}
    insert_rows(SyncRun, sync, f"past WHERE k > {_MOMENTS * 92 // 100} ORDER BY k")


def _write_log() -> None:
    """By turns everybody lists a page of organizations, or every tenth time opens each of them."""
    people = list(User.objects.order_by("pk").values_list("pk", "username"))
    shown = list(Organization.objects.order_by("pk").values_list("pk", "org_id")) * DISCLOSURES
    began = timezone.now() - _LOGGED_FOR
    for start in range(0, len(shown), _AT_ONCE):
        now = began + _LOGGED_FOR * (start / len(shown))
        entries = list(_entries(shown[start : start + _AT_ONCE], start, people, now))
        with transaction.atomic():
            append(locked_head(), entries, now)


def _entries(
    shown: list[tuple[int, str]], start: int, people: list[tuple[int, str]], now: datetime
) -> Iterator[Disclosure]:
    for number, (key, org_id) in enumerate(shown, start):
        page = number // _ON_A_PAGE
        user_id, username = people[page % len(people)]
        yield Disclosure(
            user_id=user_id,
            username=username,
            organization_id=key,
            org_id=org_id,
            where="list" if page % 10 else "page",
            ip_address="192.0.2.7",
            checked_at=now,
            checked_with_id=1,
            checked_with_name=people[0][1],
            proof="own",
            shown_together=f"{page:032}",
        )


# Known since the beginning, changed at the last moment, and renewed within four weeks.
_KNOWN_SINCE = (
    "UPDATE customers_customer SET first_checked_at = (SELECT at FROM past WHERE k = 0), changed_at"
    f" = (SELECT at FROM past WHERE k = {_MOMENTS - _SPREAD} + organization_id % {_SPREAD}),"
    " charged_expires_on = expires_on, charged_renews_on = CASE WHEN state = 'card' THEN"
    " (SELECT day FROM renewal WHERE renewal.k = organization_id % 28) END"
)
# Oldest first, as they were stored.
_HAPPENED = (
    f"customers_customer CROSS JOIN ({numbers_to(CHANGES)}) AS turn "
    f"JOIN past ON past.k = (turn.n - 1) * {_SPREAD} + organization_id % {_SPREAD} "
    f"JOIN happening ON happening.k = (organization_id + turn.n) % {len(_DIFFERENCES)} "
    "ORDER BY past.k, organization_id"
)
_CHANGE = {
    "organization_id": "organization_id",
    "after": "at",
    "seen_at": "at",
    "seen_with_id": "1",
    "differences": "differences",
    **{kind: kind for kind in KINDS},
}
