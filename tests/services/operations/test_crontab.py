"""Reading a crontab: which of the portal's commands, at which times, and how far apart."""

from datetime import date, timedelta

import pytest

from customers.services.operations.crontab import (
    command_of,
    longest_gap,
    read_crontab,
    times_of,
)

LINE = "cd /srv/billing-portal && .venv/bin/python manage.py"


@pytest.mark.parametrize(
    ("times", "gap"),
    [
        ("*/15 * * * *", timedelta(minutes=15)),
        ("* * * * *", timedelta(minutes=1)),
        ("0,20 * * * *", timedelta(minutes=40)),
        ("5 7 * * *", timedelta(days=1)),
        ("30 7 * * 1", timedelta(days=7)),
        ("0 6 * * mon-fri", timedelta(days=3)),
        ("0 8-17/3 * * *", timedelta(hours=15)),
        ("0 0 1 * *", timedelta(days=31)),
        ("0 0 1 * sun", timedelta(days=7)),
        ("0 4 * * 7", timedelta(days=7)),
        ("0 0 29 feb *", timedelta(days=1461)),
        ("@daily", timedelta(days=1)),
    ],
)
def test_how_long_a_command_may_rest(times, gap):
    assert longest_gap(times_of(times)) == gap


@pytest.mark.parametrize(
    "times",
    [
        *("60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8"),
        *("5-1 * * * *", "*/0 * * * *", "x * * * *", "- * * * *", "0 0 30 2 *", "@never"),
        *("0 0 * * funday", "²5 * * * *", "0 0 * *"),
    ],
)
def test_times_that_cron_would_not_read(times):
    line = f"{times}  {LINE} clearsessions"

    assert read_crontab(line).unreadable == (1,)


def test_the_times_of_a_day():
    found = times_of("0,30 6-7 * * *").on(date(2026, 12, 1))

    assert [f"{moment:%H:%M}" for moment in found] == ["06:00", "06:30", "07:00", "07:30"]


def test_lines_of_others_are_skipped_and_unreadable_ones_are_named():
    read = read_crontab(
        "MAILTO=ops@example.com\n"
        f"# 0 0 * * *  {LINE} rehash\n"
        "5 5 * * *  /usr/bin/certbot renew\n"
        f"@reboot  {LINE} migrate\n"
        f"0 2 * * *  portal {LINE} back_up /srv/backups/$(date +\\%F).backup\n"
        f"0 25 * * *  {LINE} clearsessions\n"
        f"0 3 * * *  {LINE} export_customers --user ana > /tmp/file.csv\n"
        f"0 4 * * *  {LINE} clearsessions && {LINE} prune_history\n"
        f"*/15 * * * *  flock -n /run/sync -c '{LINE} sync_customers'\n"
    )

    found = [entry.command for entry in read.entries]
    ours = ["back_up", "export_customers", "clearsessions", "prune_history", "sync_customers"]
    assert found == ours
    assert read.unreadable == (6,)


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["sync_customers", "--max-age", "6h"], "sync_customers"),
        (["sync_customers", "--dry-run", "--objective=12h"], "sync_customers --dry-run"),
        (["verify_disclosures", "--all"], "verify_disclosures --all"),
        (["sync_customers", "--help"], ""),
        ([], ""),
    ],
)
def test_what_a_run_counts_for(words, command):
    assert command_of(words) == command
