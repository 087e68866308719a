import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base

_OWNER_ALONE = 0o600
_OTHERS = 0o077


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        name = str(conn_params["database"])
        if name != ":memory:" and not name.startswith("file:"):
            _make_private(Path(name))
        return super().get_new_connection(conn_params)


def _make_private(file: Path) -> None:
    """Does not open an existing file: closing it would release this process's locks."""
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, _OWNER_ALONE))
    for path in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        with suppress(OSError):
            if path.stat().st_mode & _OTHERS:
                path.chmod(_OWNER_ALONE)
