"""An upgrade keeps every row of every table of a previous release, as it was."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from tests.helpers.portals.databases import Database, of_release, upgrade
from tests.operations.make_release import VERSIONS

# The former name of a model, and its name.
RENAMED = {
    "view": "disclosure",
    "volume": "hourlydisclosures",
    "answertemplate": "replytemplate",
    "keypace": "keyratelimit",
}
# Sessions under keys that could be stolen, and failed sign-ins of a library that is used no more.
GONE, GONE_APP = "django_session", "axes"
# What another column or table says now.
COLUMNS_GONE = {
    "customers_access": {
        *("id", "looked_at", "shows_delinquent", "shows_expires_on", "shows_failing"),
        *("shows_set_up", "shows_since", "shows_state"),
    },
    "customers_credentials": {"last_error"},
    "customers_customer": {"last_error", "organization_name"},
    "customers_disclosurehead": {"pruned_at"},
    "customers_syncrun": {"troubles"},
}
# Gain rows with a release.
GROW = {
    *("auth_group_permissions", "auth_permission", "django_content_type", "django_migrations"),
}
# Together the key of a table without an id, as far as it has them.
KEYS = ("organization_id", "user_id", "customer_id", "key_hash")
REPLY = (
    "INSERT INTO customers_answertemplate (state, language, text, changed_at, changed_by_id) "
    "VALUES ('card', 'de', '{card}, {date}', '2026-01-01 00:00:00', 1)"
)
A_LOOK = "UPDATE customers_access SET looked_at = proved_at WHERE user_id = 1"
LOOKED_AT = "SELECT user_id, organization_id, looked_at FROM customers_lastviewed"
NO_NOTES = (
    "DELETE FROM auth_group_permissions WHERE permission_id IN "
    "(SELECT id FROM auth_permission WHERE codename = 'add_note')"
)
OF_SUPPORT = (
    "SELECT codename FROM auth_group_permissions AS granted "
    "JOIN auth_permission AS permission ON permission.id = granted.permission_id ORDER BY codename"
)

Row = dict[str, Any]


class Upgraded(NamedTuple):
    version: str
    before: dict[str, list[Row]]
    database: Database


@pytest.fixture(scope="module", params=VERSIONS)
def upgraded(request, lasting_database, sandbox_process):
    """A release's database with a reply, looks, and a permission taken away; then upgraded."""
    database = lasting_database(f"kept_{request.param}")
    of_release(database, request.param)
    if "customers_answertemplate" in database.tables():
        database.execute(REPLY)
    if request.param != VERSIONS[0]:  # which noted no looks
        database.execute(A_LOOK)
    database.execute(NO_NOTES)
    before = database.tables()
    upgrade(database, sandbox_process)
    return Upgraded(request.param, before, database)


def test_every_row_is_there_with_all_its_values(upgraded):
    before, after = upgraded.before, upgraded.database.tables()

    for former, rows in before.items():
        if former == GONE or former.startswith(f"{GONE_APP}_"):
            continue
        table = table_of(former)
        expected = list(kept(former, rows, before["django_content_type"]))
        found = [row for row in after[table] if table not in GROW or is_like_one(row, expected)]
        assert in_order(only_columns(found, expected)) == in_order(expected), table


def test_when_users_looked_is_kept_apart(upgraded):
    of_access = upgraded.before["customers_access"]
    looks = [
        {name: row[name] for name in ("user_id", "organization_id", "looked_at")}
        for row in of_access
        if row.get("looked_at")
    ]

    assert bool(looks) == (upgraded.version != VERSIONS[0])
    assert in_order(upgraded.database.rows(LOOKED_AT)) == in_order(looks)


def test_a_group_gains_what_is_new_and_not_what_was_taken_away(upgraded):
    names = [row["codename"] for row in upgraded.database.rows(OF_SUPPORT)]

    assert names == ["change_case", "export_customer", "view_customer", "watch_syncrun"]


def table_of(former: str) -> str:
    app, _, model = former.partition("_")
    return f"{app}_{RENAMED.get(model, model)}" if app == "customers" else former


def kept(table: str, rows: list[Row], kinds: list[Row]) -> Iterator[Row]:
    """`rows` as they have to be afterwards."""
    models = {kind["id"]: kind["model"] for kind in kinds}
    gone = {kind["id"] for kind in kinds if kind["app_label"] == GONE_APP}
    for row in rows:
        expected = {
            name: value for name, value in row.items() if name not in COLUMNS_GONE.get(table, ())
        }
        if table == "django_content_type":
            expected["model"] = RENAMED.get(row["model"], row["model"])
        elif table == "auth_permission" and models[row["content_type_id"]] in RENAMED:
            action, _, model = row["codename"].partition("_")
            expected["codename"] = f"{action}_{RENAMED[model]}"
            del expected["name"]
        if GONE_APP not in (row.get("app_label"), row.get("app")) and (
            row.get("content_type_id") not in gone
        ):
            yield expected


def is_like_one(row: Row, expected: list[Row]) -> bool:
    return any(key(row) == key(one) for one in expected)


def only_columns(rows: list[Row], expected: list[Row]) -> list[Row]:
    """`rows` without the columns that a release before them did not have."""
    columns = {key(one): one.keys() for one in expected}
    return [
        {name: value for name, value in row.items() if name in columns.get(key(row), row)}
        for row in rows
    ]


def in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=key)


def key(row: Row) -> Any:
    return row.get("id") or tuple(row[name] for name in KEYS if name in row)
