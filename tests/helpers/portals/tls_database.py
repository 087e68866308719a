"""A PostgreSQL server of its own that speaks TLS alone."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.helpers.portals.ports import free_port
from tests.helpers.upstream.certificates import Authority

_CONFIGURATION = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
ssl = on
ssl_cert_file = '{certificate}'
ssl_key_file = '{certificate}'
fsync = off
"""
_WHO_MAY_CONNECT = "hostssl all all 127.0.0.1/32 trust\n"


def programs() -> Path | None:
    """Debian keeps those of the server out of PATH; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    elsewhere = shutil.which("initdb")
    return found[-1].parent if found else Path(elsewhere).parent if elsewhere else None


@contextmanager
def tls_database(authority: Authority) -> Iterator[int]:
    """Its port."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        certificate = authority.server_file(folder)
        if os.geteuid() == 0:
            for path in (folder, certificate):
                shutil.chown(path, "postgres")
        data = folder / "data"
        _run("initdb", "--auth=trust", "--username=portal", "--no-sync", f"--pgdata={data}")
        port = free_port()
        with (data / "postgresql.conf").open("a") as opened:
            opened.write(_CONFIGURATION.format(port=port, certificate=certificate))
        (data / "pg_hba.conf").write_text(_WHO_MAY_CONNECT)
        _run("pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={folder / 'log'}")
        try:
            yield port
        finally:
            _run("pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")


def _run(program: str, *arguments: str) -> None:
    folder = programs()
    assert folder
    # PostgreSQL refuses to run as root.
    unprivileged = ("runuser", "--user", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run(
        [*unprivileged, str(folder / program), *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=60,
        cwd="/",
    )
