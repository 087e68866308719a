"""The unit of systemd that serves the portal."""

import re

from tests.helpers.portals.dockerfile import stages
from tests.helpers.portals.image import HOME
from tests.helpers.sandbox_process import PROJECT

UNIT = PROJECT / "deploy/systemd/portal.service"
MOST_EXPOSED = 3.0


def settings(name):
    return re.findall(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)


def test_it_is_a_unit_that_systemd_takes(systemd_analyze, tmp_path):
    """Where the program it starts is, there is nothing to complain of."""
    program_of_it = tmp_path / "gunicorn"
    program_of_it.write_text("#!/bin/sh\n")
    program_of_it.chmod(0o755)
    unit = tmp_path / UNIT.name
    unit.write_text(UNIT.read_text().replace(f"{HOME}/.venv/bin/gunicorn", str(program_of_it)))

    ended = systemd_analyze("verify", unit)

    assert (ended.returncode, ended.stdout + ended.stderr) == (0, "")


def test_it_may_do_little(systemd_analyze):
    said = systemd_analyze("security", "--offline=yes", "--no-pager", UNIT).stdout

    (exposed,) = re.findall(r"exposure level for portal\.service: ([\d.]+)", said)
    assert float(exposed) < MOST_EXPOSED


def test_it_starts_what_the_image_starts():
    command = stages((PROJECT / "Dockerfile").read_text())["portal"].command

    assert settings("ExecStart") == [" ".join([f"{HOME}/.venv/bin/{command[0]}", *command[1:]])]
    assert settings("WorkingDirectory") == [HOME]


def test_it_holds_no_setting_of_the_portal():
    """Those are in .env, which commands and timers read as well."""
    assert settings("Environment") + settings("EnvironmentFile") == []
