"""All that a database holds besides rows, in words that can be compared."""

import re
from typing import Any

from tests.helpers.portals.databases import Database

# Names that Django or PostgreSQL made up of a table's, which may have been renamed since.
_MADE_UP = re.compile(r"\bcustomers_[a-z]+_(?:\w+_)?(?:pkey|check|[0-9a-f]{8}\w*)\b")
_POSTGRESQL = {
    "tables": "SELECT relname, relkind, relpersistence, reloptions FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')",
    "columns": "SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod),"
    " attnotnull, attidentity, attgenerated, attcollation::regcollation::text,"
    " pg_get_expr(adbin, adrelid) FROM pg_attribute"
    " JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'"
    " LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum"
    " WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid),"
    " convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    " AND contype <> 'n'",  # NOT NULL is among the columns; from PostgreSQL 18 on it has a name
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT pg_get_functiondef(pg_proc.oid) FROM pg_proc WHERE pronamespace ="
    " 'public'::regnamespace AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND"
    " deptype = 'e')",
    "extensions": "SELECT extname, extversion FROM pg_extension",
}
_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_HOLDS = {
    "content types": "SELECT app_label, model FROM django_content_type",
    "permissions": "SELECT app_label, model, codename, auth_permission.name FROM auth_permission"
    " JOIN django_content_type ON content_type_id = django_content_type.id",
    "groups": "SELECT auth_group.name, codename FROM auth_group JOIN auth_group_permissions"
    " ON group_id = auth_group.id JOIN auth_permission ON permission_id = auth_permission.id",
    "applied": "SELECT DISTINCT app, name FROM django_migrations",
}


def schema_of(database: Database) -> dict[str, list[Any]]:
    """By kind. The order of columns in a table is nobody's concern."""
    if database.is_sqlite:
        made = database.rows(_SQLITE)
        named = ([one["type"], one["name"], *_definition(one["sql"])] for one in made)
        return {"objects": sorted(_MADE_UP.sub("…", str(each)) for each in named)}
    return {
        kind: sorted(_MADE_UP.sub("…", str(each)) for each in _found(database, sql))
        for kind, sql in _POSTGRESQL.items()
    }


def first_rows_of(database: Database) -> dict[str, Any]:
    """What a new database holds: names of what has any, and how many rows each table has."""
    held: dict[str, Any] = {kind: sorted(_found(database, sql)) for kind, sql in _HOLDS.items()}
    return held | {table: len(rows) for table, rows in database.tables().items()}


def _found(database: Database, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in database.rows(sql)]


def _definition(sql: str) -> list[str]:
    """That of a table is cut at the commas that separate its parts."""
    if not sql.startswith("CREATE TABLE"):
        return [sql]
    head, _, body = sql.strip().removesuffix(")").partition("(")
    parts, depth = [""], 0
    for sign in body:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return [head, *sorted(part.strip() for part in parts)]
