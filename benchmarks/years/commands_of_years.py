"""Run the commands whose work grows with the years, one after the other, on a filled database."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.machinery.portal import Portal, Ran

USER = "ana"
_COUNT = re.compile(r"^(\d+) (?:changes|disclosures|entries)", re.MULTILINE)
_SQLITE = "sqlite:///"


class Measured(NamedTuple):
    name: str
    seconds: float
    cpu: float  # of them, without the database server's
    rows: int
    peak: float  # resident MB; 0 if it was no command of the portal


def measure_commands(
    portal: Portal, url: str, empty: str, organizations: int
) -> Iterator[Measured]:
    """`empty` is a database to restore into."""
    verify = ("verify_disclosures",)
    yield _counted("verify_disclosures --all", portal.run(*verify, "--all"))
    for command in ("export_customers", "export_access"):
        yield _lines(command, portal.run(command, f"--user={USER}"))
    yield _lines("export_disclosures", portal.run("export_disclosures"))
    yield _counted("verify_disclosures, after these", portal.run(*verify))
    yield _counted("verify_disclosures, nothing new", portal.run(*verify))
    for command in ("rehash", "reparse"):
        yield _of_all(command, portal.run(command), organizations)
    csv = "org_id,name,description\n" + "".join(
        f"new-{n},Clinic {n},\n" for n in range(organizations)
    )
    imported = portal.run("import_organizations", "-", stdin=csv.encode())
    yield _of_all("import_organizations", imported, organizations)
    yield _counted("prune_history", portal.run("prune_history"))
    with tempfile.TemporaryDirectory() as folder:
        backup = Path(folder) / "portal.backup"
        yield _of_all("back_up", portal.run("back_up", str(backup)), 0)
        yield Measured("restore", _restored(backup, url, empty), 0, 0, 0)
    whole = portal.run(*verify, "--all", DATABASE_URL=empty)
    yield _counted("verify_disclosures --all, restored", whole)


def _counted(name: str, ran: Ran) -> Measured:
    return Measured(name, ran.seconds, ran.cpu, sum(map(int, _COUNT.findall(ran.out))), ran.peak)


def _lines(name: str, ran: Ran) -> Measured:
    return _of_all(name, ran, ran.lines - 1)  # but the header


def _of_all(name: str, ran: Ran, rows: int) -> Measured:
    return Measured(name, ran.seconds, ran.cpu, rows, ran.peak)


def _restored(backup: Path, url: str, empty: str) -> float:
    """As docs/operations.md says; returns the seconds."""
    started = time.perf_counter()
    if url.startswith(_SQLITE):
        shutil.copy(backup, empty.removeprefix(_SQLITE))
    else:
        restore = ("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={empty}", backup)
        subprocess.run(restore, check=True)
    return time.perf_counter() - started
