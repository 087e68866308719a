"""A database of each previous release, upgraded to this one."""

import json

import pytest

from tests.operations.databases import what_is_there
from tests.operations.make_release import HERE, RELEASES

VERSIONS = ["0.1.0", "0.2.0", "0.3.0"]


@pytest.fixture(params=VERSIONS)
def upgraded(request, new_database, sandbox):
    """A portal of today on that release's database, and what the release itself had found there."""
    database = new_database("upgraded")
    database.execute((RELEASES / f"{request.param}.{database.kind}.sql").read_text())
    portal = database.portal(sandbox)
    ran = portal.run("migrate", "--verbosity=0")
    assert (ran.code, ran.err) == (0, "")
    return portal, json.loads((RELEASES / f"{request.param}.{database.kind}.json").read_text())


def test_everything_of_the_previous_release_is_there_and_shown(upgraded):
    portal, before = upgraded

    now = what_is_there(portal)

    assert len(now["ana"]["customers"]) > 5
    assert now["ana"]["changes"]
    assert only_what_it_had(now, before) == before


def only_what_it_had(now, before):
    """What is shown now without the columns that exports have gained since."""
    for user in ("ana", "ben"):
        columns = before[user]["customers"][0].keys()
        rows = now[user]["customers"]
        now[user]["customers"] = [{name: row[name] for name in columns} for row in rows]
    return now


def test_every_page_of_it_opens(upgraded):
    portal, before = upgraded

    ran = portal.run("shell", stdin=(HERE / "open_every_page.py").read_bytes())
    assert ran.code == 0, ran.err

    statuses = json.loads(ran.last_line)
    assert len(statuses) == 4 + len(before["ana"]["customers"]) + len(before["ben"]["customers"])
    assert set(statuses.values()) == {200}


def test_its_credentials_do_not_open_with_other_keys(upgraded):
    portal, before = upgraded
    other = "b3RoZXItb3RoZXItb3RoZXItb3RoZXItb3RoZXItMTI="

    now = what_is_there(portal, CREDENTIAL_KEYS=other)

    assert before["ana"]["opens"] is True
    assert now["ana"]["opens"] is False
