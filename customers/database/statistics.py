"""Have PostgreSQL analyze tables while a first run fills them.

Autovacuum would do so a minute later at best; until then the plans for empty tables are slow.
"""

import logging

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

# Analyze tables that doubled and gained at least this many rows.
_FEW = 1000
_GROWN = (
    "SELECT relid::regclass::text FROM pg_stat_user_tables AS seen JOIN pg_class ON oid = relid "
    "WHERE seen.relname LIKE 'customers\\_%' "
    f"AND n_mod_since_analyze > {_FEW} + greatest(reltuples, 0) "
    "AND pg_table_is_visible(relid) AND pg_has_role(relowner, 'USAGE')"
)


def learn() -> None:
    """Failures are logged only."""
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_GROWN)
            if grown := [table for (table,) in cursor.fetchall()]:
                cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(grown)}")
    except DatabaseError as exc:
        logger.warning("PostgreSQL did not look at its tables (%s).", type(exc).__name__)
