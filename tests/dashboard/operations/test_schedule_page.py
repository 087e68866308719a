"""The page of the schedule: when each command last ended, how, and what is overdue."""

import re

import pytest

from customers.models import CommandRun
from tests.helpers.rows import ago

DAY = 24 * 60  # minutes


@pytest.fixture(autouse=True)
def _runs(db, settings, tmp_path):
    settings.CRONTAB = tmp_path / "crontab"
    settings.CRONTAB.write_text(
        "*/15 * * * *  manage.py sync_customers\n"
        "0 2 * * *  manage.py back_up file\n"
        "45 3 * * 0  manage.py prune_history\n"
        "55 3 * * 0  manage.py clearsessions\n"
    )
    CommandRun.objects.create(
        command="sync_customers", began_at=ago(5), ended_at=ago(4), exit_code=0
    )
    CommandRun.objects.create(
        command="back_up", began_at=ago(2 * DAY), ended_at=ago(2 * DAY), exit_code=1
    )
    CommandRun.objects.create(command="prune_history", began_at=ago(30))


def rows(client):
    """The texts of each row of the table, by command."""
    page = client.get("/schedule/").content.decode()
    found = re.findall(r"<tr>\s*<th[^>]*>(\w+)</th>(.*?)</tr>", page, re.DOTALL)
    return {name: " ".join(re.sub(r"<[^>]+>", " ", row).split()) for name, row in found}


def test_each_command_says_when_it_ended_and_how(as_ana):
    found = rows(as_ana)

    assert found["sync_customers"] == "on time 4 minutes ago succeeded 4 minutes ago */15 * * * *"
    assert found["back_up"] == "overdue 2 days ago failed with 1 never 0 2 * * *"
    assert (
        found["prune_history"]
        == "not due yet began 30 minutes ago, not ended never – never 45 3 * * 0"
    )
    assert found["clearsessions"] == "not due yet never – never 55 3 * * 0"


def test_it_costs_few_queries_however_many_commands(as_ana, django_assert_max_num_queries):
    as_ana.get("/schedule/")

    with django_assert_max_num_queries(14):
        as_ana.get("/schedule/")


def test_without_a_schedule_the_page_says_so(as_ana, settings):
    settings.CRONTAB.unlink()

    assert "No schedule" in as_ana.get("/schedule/").content.decode()


def test_it_is_linked_from_sync_runs_and_the_back_office(as_ana):
    for page in ("/syncs/", "/admin/"):
        assert 'href="/schedule/"' in as_ana.get(page).content.decode()
