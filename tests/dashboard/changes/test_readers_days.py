"""Changes stand under the days of their reader's clock, as their times do."""

import time_machine
from django.utils import timezone

from customers.dashboard.changes.change_rows import day_rows, days_of
from customers.dashboard.overview.news_lines import news_lines
from customers.services.changes.change_counts import ChangeCounts
from customers.services.changes.change_feed import feed
from tests.helpers.changes.feeds import changed
from tests.helpers.moments import KIRITIMATI, at
from tests.helpers.rows import give_credentials, show


def test_a_change_of_this_day_is_said_to_be_of_today(ana):
    with time_machine.travel(at("2026-12-31T20:00")), timezone.override(KIRITIMATI):
        give_credentials(ana)
        changed(show(ana, "northwind", balance=5), 60, balance=[0, 5])
        lines = feed(ana).lines
        (day,) = day_rows(days_of(lines), ChangeCounts(1, {}, 100), set())
        (news,) = news_lines(lines)

    assert day.label == "Today, Friday 1 January"
    assert news.when == "09:00"


def test_of_an_earlier_change_the_day_is_said_as_the_reader_has_it(ana):
    with time_machine.travel(at("2026-12-31T20:00")), timezone.override(KIRITIMATI):
        give_credentials(ana)
        changed(show(ana, "northwind", balance=5), 60 * 24, balance=[0, 5])
        (news,) = news_lines(feed(ana).lines)

    assert news.when == "31 Dec 2026"
