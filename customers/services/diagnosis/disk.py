"""Room on this machine's disks; that of a PostgreSQL server is not seen from here."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import connection

from customers.services.diagnosis.finding import Finding, ok, problem, warning

_NAME = "disk"
_MEBIBYTE = 2**20
NEEDED, COMFORTABLE = 200 * _MEBIBYTE, 1000 * _MEBIBYTE
_REMEDY = "Make room: old backups, logs, `manage.py prune_history`."


def disk() -> list[Finding]:
    free = {folder: shutil.disk_usage(folder).free for folder in _folders()}
    least = min(free, key=lambda folder: free[folder])
    sentence = f"{free[least] // _MEBIBYTE:,} MB are free in {least}."
    if free[least] < NEEDED:
        return [problem(_NAME, sentence, _REMEDY)]
    if free[least] < COMFORTABLE:
        return [warning(_NAME, sentence, _REMEDY)]
    return [ok(_NAME, sentence)]


def _folders() -> list[Path]:
    database = str(connection.settings_dict["NAME"])
    is_file = connection.vendor == "sqlite" and Path(database).is_file()
    kept_in = Path(database).parent if is_file else settings.BASE_DIR
    return [kept_in, Path(tempfile.gettempdir())]
