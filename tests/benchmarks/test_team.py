"""The benchmark of teams counts calls, and what is stored, of a team that it makes itself."""

import json
from argparse import Namespace

import pytest

from benchmarks import team
from benchmarks.proving import desk
from customers.models import Access, Credentials, ListedUser, PermissionList
from customers.services.sync.report import Options
from customers.services.sync.runner import Sync

USERS, ORGANIZATIONS = 3, 4


@pytest.fixture(scope="module")
def upstream():
    with team.counting_upstream(USERS) as address:
        yield address


def sync():
    users = Credentials.objects.order_by("user_id").values_list("user_id", flat=True)
    report = Sync(Options(tuple(users), max_rps=0), "the tests").run()
    assert (report.checked, report.failed) == (ORGANIZATIONS, 0)


@pytest.mark.parametrize("proofs", ["own", "listed"])
@pytest.mark.django_db
def test_calls_and_rows_are_as_many_as_a_team_needs(upstream, settings, capsys, proofs):
    settings.CATALYZE_BASE_URL = upstream
    settings.ACCESS_PROOFS = proofs
    desk.fill(USERS, ORGANIZATIONS)
    team.taken_calls(upstream)
    wanted = team.Team(proofs, USERS, ORGANIZATIONS)

    sync()

    assert team.taken_calls(upstream) == wanted.calls
    desk.print_proofs()
    stored = json.loads(capsys.readouterr().out.splitlines()[-1])
    rows = Access.objects.count() + PermissionList.objects.count() + ListedUser.objects.count()
    assert stored["rows"] == wanted.rows == rows
    assert stored["bytes"] > 0
    desk.let_time_pass()
    sync()
    # Sessions that have not been used for so long are verified first.
    assert team.taken_calls(upstream) == wanted.calls + (USERS if proofs == "listed" else 0)


def test_what_takes_too_many_calls_is_computed_from_what_was_measured(monkeypatch, capsys):
    cost = team.Cost(2_000, 10.0, 2_000, 200_000, 2_000, 12.0)
    monkeypatch.setattr(team, "_measure", lambda options, measured: cost)
    options = Namespace(sizes=[(2, 1_000), (50, 1_000)], most=2_000, database="")
    monkeypatch.setattr(team, "_options", lambda: options)

    team.main()

    rows = capsys.readouterr().out.splitlines()[-4:]
    assert rows[0] == "| own | 2 | 1,000 | 2,000 | 2.0 | 10 | 2,000 | 0.2 | 2,000 | 12 |"
    assert rows[1].startswith("| own | 50 | 1,000 | ~50,000 | ~50.0 | ~250 | ~50,000 | ~5.0 |")
    assert rows[3].startswith("| listed | 50 | 1,000 | 2,000 | 2.0 | 10 |")
