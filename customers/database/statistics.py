"""Have PostgreSQL learn what its tables hold, while a first run fills them.

By itself the server learns it a minute later at best. Until then it plans for tables that are
empty, and reads all proofs of a user for each batch that is stored. SQLite plans well without.
"""

import logging

from django.db import DatabaseError, connection

logger = logging.getLogger(__name__)

# A table that grew by as many rows as it had, and this many, is another one.
_FEW = 1000
_GROWN = (
    "SELECT relid::regclass::text FROM pg_stat_user_tables AS seen JOIN pg_class ON oid = relid "
    "WHERE seen.relname LIKE 'customers\\_%' "
    f"AND n_mod_since_analyze > {_FEW} + greatest(reltuples, 0) "
    "AND pg_table_is_visible(relid) AND pg_has_role(relowner, 'USAGE')"
)


def learn() -> None:
    """Have the server look at each table of the portal that has changed as a whole.

    It does no harm if it fails, be it because a statement may not take that long.
    """
    if connection.vendor != "postgresql":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_GROWN)
            if grown := [table for (table,) in cursor.fetchall()]:
                cursor.execute(f"ANALYZE (SKIP_LOCKED) {', '.join(grown)}")
    except DatabaseError as exc:
        logger.warning("PostgreSQL did not look at its tables (%s).", type(exc).__name__)
