"""An upgrade moves what hangs on a model's former name: permissions, and the admin's history."""

import json
from typing import Any, NamedTuple

import pytest

from tests.helpers.commands import Portal
from tests.helpers.portals.databases import Database, of_release, upgrade
from tests.operations.make_release import HERE, VERSIONS

# The former name of a model, and its name.
RENAMED = {
    "view": "disclosure",
    "volume": "hourlydisclosures",
    "answertemplate": "replytemplate",
    "keypace": "keyratelimit",
}
ROOT, ANA, SUPPORT = 77, 1, 1
AS_ROOT = (
    "INSERT INTO auth_user (id, password, is_superuser, username, first_name, last_name, email,"
    " is_staff, is_active, date_joined) "
    f"VALUES ({ROOT}, '!', {{true}}, 'root', '', '', '', {{true}}, {{true}}, '2026-01-01 00:00:00')"
)
A_HISTORY = (
    "INSERT INTO django_admin_log (object_id, object_repr, action_flag, change_message,"
    " content_type_id, user_id, action_time) "
    f"SELECT '1', 'seen', 2, '', id, {ROOT}, '2026-01-02 00:00:00' FROM django_content_type "
    "WHERE app_label = 'customers' AND model IN ('view', 'volume')"
)
HISTORY = "SELECT * FROM django_admin_log ORDER BY id"
PERMISSIONS = (
    "SELECT p.id, p.codename, p.name, p.content_type_id, model FROM auth_permission AS p "
    "JOIN django_content_type AS kind ON kind.id = content_type_id "
    "WHERE app_label = 'customers' ORDER BY p.id"
)

Row = dict[str, Any]


class Renamed(NamedTuple):
    permissions: list[Row]  # before the upgrade
    history: list[Row]
    database: Database
    portal: Portal


@pytest.fixture(scope="module", params=VERSIONS)
def renamed(request, lasting_database, sandbox_process):
    """What Ana and a group may do with the models as they were called, and what root did."""
    database = lasting_database(f"renamed_{request.param}")
    of_release(database, request.param)
    database.execute(AS_ROOT.format(true=1 if database.is_sqlite else "true"))
    database.execute(A_HISTORY)
    for row in permissions(database, RENAMED):
        whose = (
            f"user_user_permissions (user_id, permission_id) VALUES ({ANA}"
            if row["codename"].startswith("change")
            else f"group_permissions (group_id, permission_id) VALUES ({SUPPORT}"
        )
        database.execute(f"INSERT INTO auth_{whose}, {row['id']})")
    before = permissions(database, RENAMED), database.rows(HISTORY)
    return Renamed(*before, database, upgrade(database, sandbox_process))


def permissions(database, models):
    return [row for row in database.rows(PERMISSIONS) if row["model"] in models]


def with_new_name(row):
    action, _, model = row["codename"].partition("_")
    return row | {"codename": f"{action}_{RENAMED[model]}", "model": RENAMED[model]}


def nameless(rows):
    return [{name: value for name, value in row.items() if name != "name"} for row in rows]


def test_permissions_are_the_same_rows_and_grant_the_new_names(renamed):
    before, database = renamed.permissions, renamed.database

    assert len(before) in {8, 16}  # 0.1.0 had two of the four models
    assert permissions(database, RENAMED) == []
    after = [row for row in permissions(database, RENAMED.values()) if row["id"] <= most(before)]
    assert nameless(after) == nameless(map(with_new_name, before))
    assert {row["name"] for row in after} >= {"Can view disclosure", "Can change disclosure"}
    assert not [row for row in after if "volume" in row["name"] or "answer" in row["name"]]
    ran = renamed.portal.run("shell", stdin=(HERE / "what_may_be_done.py").read_bytes())
    assert ran.code == 0, ran.err
    may = json.loads(ran.last_line)["ana"]
    assert {f"customers.{row['codename']}" for row in after} <= set(may)


def most(rows):
    return max(row["id"] for row in rows)


def test_the_history_of_the_admin_leads_to_the_same_rows(renamed):
    before = renamed.history

    assert before
    assert renamed.database.rows(HISTORY) == before
    ran = renamed.portal.run("shell", stdin=(HERE / "what_may_be_done.py").read_bytes())
    assert ran.code == 0, ran.err
    opened = json.loads(ran.last_line)["history"]
    assert len(opened) == len(before)
    assert set(opened.values()) == {200}
