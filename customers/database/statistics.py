"""Have PostgreSQL analyze tables during a first run, a minute or more before autovacuum does."""

import logging

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

# Analyze tables that doubled and gained at least this many rows.
_MIN_GROWTH = 1000
_GROWN = (
    "SELECT relid::regclass::text FROM pg_stat_user_tables AS seen JOIN pg_class ON oid = relid "
    "WHERE seen.relname LIKE 'customers\\_%' "
    f"AND n_mod_since_analyze > {_MIN_GROWTH} + greatest(reltuples, 0) "
    "AND pg_table_is_visible(relid) AND pg_has_role(relowner, 'USAGE')"
)


def learn() -> None:
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_GROWN)
            if grown := [table for (table,) in cursor.fetchall()]:
                cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(grown)}")
    except DatabaseError as exc:
        logger.warning("PostgreSQL did not look at its tables (%s).", type(exc).__name__)
