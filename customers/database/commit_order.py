"""Read new rows in the order of their keys, without passing by one that is yet to be committed.
PostgreSQL hands out keys before transactions commit, so a higher key can be seen first."""

from collections.abc import Sequence

from django.db import connection

# Whoever inserts holds this lock from before the key is handed out until the transaction ends.
_WRITERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


class CommitOrder:
    """For one reader, who asks again and again."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._through = 0
        self._writers: frozenset[str] = frozenset()

    def settled(self, after: int, keys: Sequence[int]) -> int:
        """Up to which key no more rows can appear. `keys` were just read, ascend from after `after`
        and have a gap. Read again up to the returned one: missing rows may have appeared."""
        if connection.vendor != "postgresql":
            return keys[-1]
        gap = next(key for key, found in enumerate(keys, start=after + 1) if key != found)
        if self._through < max(gap, keys[0]):  # a new gap
            self._through, self._writers = keys[-1], self._open_writers()
        elif self._writers:
            self._writers &= self._open_writers()
        return gap - 1 if self._writers else self._through

    def _open_writers(self) -> frozenset[str]:
        with connection.cursor() as cursor:
            cursor.execute(_WRITERS, [self._table])
            return frozenset(row[0] for row in cursor.fetchall())
