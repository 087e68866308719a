"""A database of each previous release, upgraded to this one."""

import json

import pytest

from tests.helpers.portals.databases import (
    of_release,
    refuses_to_change_the_log,
    upgrade,
    what_is_there,
)
from tests.operations.make_release import HERE, RELEASES, VERSIONS


@pytest.fixture(scope="module", params=VERSIONS)
def released(request, lasting_database, sandbox_process):
    """The database of that release after the upgrade, and what the release had found there."""
    database = lasting_database(f"released_{request.param}")
    of_release(database, request.param)
    upgrade(database, sandbox_process)
    found = (RELEASES / f"{request.param}.{database.kind}.json").read_text()
    return database, json.loads(found)


@pytest.fixture
def upgraded(released, new_database, sandbox):
    """A portal of today on a copy of that database, and what the release had found there."""
    database, found = released
    return new_database("upgraded", copy_of=database).portal(sandbox), found


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


def test_its_disclosure_log_is_verified_and_guarded(upgraded):
    portal, before = upgraded

    ran = portal.run("verify_disclosures")

    assert ran.code == 0, ran.err
    assert f"{len(before['views'])} entries hold together." in ran.out
    assert refuses_to_change_the_log(portal)


ALTERED = "UPDATE customers_view SET username = 'eve' WHERE id = 2"
LET_GO = {
    "sqlite": "DROP TRIGGER view_is_not_changed",
    "postgresql": "DROP TRIGGER view_is_not_changed ON customers_view",
}


def test_a_log_that_was_altered_stops_the_upgrade_with_a_sentence(new_database, sandbox):
    database = new_database("altered")
    of_release(database, VERSIONS[0])
    portal = database.portal(sandbox)
    assert portal.run("migrate", "customers", "0033", "--verbosity=0").code == 0
    database.execute(LET_GO[database.kind])
    database.execute(ALTERED)

    ran = portal.run("migrate", "--verbosity=0")

    assert ran.code == 1
    assert ran.err.startswith("CommandError: The disclosure log does not hold together")
    assert "entry 2" in ran.err
