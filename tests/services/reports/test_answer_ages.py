"""How old the answers are that a user may see."""

from datetime import timedelta

from customers.models import SyncRun
from customers.services.reports import answer_ages as module
from customers.services.reports.answer_ages import LATEST_RUNS, answer_ages, latest_runs
from tests.helpers.rows import ago, show

HOUR = 60


def counted(user):
    return [(band.oldest, band.count, band.meets_objective) for band in answer_ages(user)]


def test_answers_are_counted_by_age_with_the_objective_as_a_bound(ana, anas, ben, bens, settings):
    settings.FRESHNESS_OBJECTIVE = timedelta(hours=2)
    for number, minutes in enumerate((1, 10, 90, 3 * HOUR, 90 * HOUR)):
        show(ana, f"org-{number}", checked_at=ago(minutes))
    show(ben, "bens", checked_at=ago(1))

    assert counted(ana) == [
        (timedelta(minutes=15), 2, True),
        (timedelta(hours=1), 0, True),
        (timedelta(hours=2), 1, True),
        (timedelta(hours=6), 1, False),
        (timedelta(days=1), 0, False),
        (timedelta(days=3), 0, False),
        (None, 1, False),
    ]


def test_every_answer_is_in_one_band(ana, anas):
    for number in range(30):
        show(ana, f"org-{number}", checked_at=ago(number * 170))

    assert sum(count for _, count, _ in counted(ana)) == 30


def test_the_latest_runs_are_as_many_as_a_table_holds(db):
    for number in range(LATEST_RUNS + 1):
        SyncRun.objects.create(started_at=ago(number), started_by="test")

    runs = latest_runs()

    assert len(runs) == module.LATEST_RUNS
    assert runs[0].started_at > runs[-1].started_at
