"""TLS to PostgreSQL as docs/install.md sets it up; another server gets nothing."""

from pathlib import Path

import pytest
from django.db import connection

from tests.helpers.commands import Portal
from tests.helpers.portals.tls_database import programs, tls_database
from tests.helpers.upstream.certificates import Authority

ENCRYPTED = (
    "from django.db import connection; cursor = connection.cursor();"
    "cursor.execute('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');"
    "print(cursor.fetchone())"
)
BACK_UP = (
    "from pathlib import Path; from customers.services.operations.backup import back_up;"
    "back_up(Path({!r}))"
)

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="only on PostgreSQL"),
    pytest.mark.skipif(not programs(), reason="PostgreSQL's server is not on this machine"),
]


@pytest.fixture(scope="module")
def trusted():
    return Authority()


@pytest.fixture(scope="module")
def port(trusted):
    with tls_database(trusted) as port:
        yield port


@pytest.fixture
def portal(sandbox_process, port, tmp_path):
    def make(authority: Authority, host: str = "127.0.0.1") -> Portal:
        certificates = tmp_path / "ca.pem"
        certificates.write_bytes(authority.pem)
        portal = Portal(Path("unused"), sandbox_process)
        portal.environment["DATABASE_URL"] = (
            f"postgres://portal@{host}:{port}/postgres"
            f"?sslmode=verify-full&sslrootcert={certificates}"
        )
        return portal

    return make


def test_the_right_server_is_spoken_to_encrypted(portal, trusted, tmp_path):
    ran = portal(trusted).run("shell", f"--command={ENCRYPTED}")
    backed_up = portal(trusted).run("shell", f"--command={BACK_UP.format(str(tmp_path / 'dump'))}")

    assert (ran.code, ran.last_line) == (0, "(True,)")
    assert (backed_up.code, backed_up.err) == (0, "")


def test_a_certificate_of_another_authority_is_refused_by_pages_and_backups(portal, tmp_path):
    other, dump = Authority(), tmp_path / "dump"

    for command in (ENCRYPTED, BACK_UP.format(str(dump))):
        ran = portal(other).run("shell", f"--command={command}")
        assert ran.code != 0
        assert "SSL error" in ran.err
    assert not dump.exists()


def test_a_certificate_for_another_host_is_refused(portal, trusted):
    ran = portal(trusted, "localhost").run("shell", f"--command={ENCRYPTED}")

    assert ran.code != 0
    assert 'does not match host name "localhost"' in ran.err
