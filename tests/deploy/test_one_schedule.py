"""deploy/crontab is the schedule: timers, container and documents keep the same times."""

import re
import shutil
import sys
from datetime import date, datetime, timedelta

import pytest
from django.core.management import get_commands, load_command_class

from customers.services.operations.crontab import read_crontab
from tests.helpers.sandbox_process import PROJECT

DEPLOY = PROJECT / "deploy"
UNITS = DEPLOY / "systemd"
CRONTAB = (DEPLOY / "crontab").read_text()
LINES = [line for line in CRONTAB.splitlines() if not line.startswith("#")]
# What each line runs, as a shell would read it, by its times.
RUNS = {
    line.split("manage.py ")[1].replace("\\%", "%"): read_crontab(line).entries[0].times
    for line in LINES
}
FIRST_DAY, DAYS = date(2026, 11, 28), 8


def in_timers():
    """The same of the services of systemd, by their timers."""
    found = {}
    for timer in UNITS.glob("portal-*.timer"):
        service = timer.with_suffix(".service").read_text()
        words = re.search(r"^ExecStart=.*manage\.py ([^'\n]*)'?$", service, re.MULTILINE)[1]
        found[words.replace("%%", "%").replace("$$", "$")] = timer
    return found


def test_every_line_is_read_and_runs_a_command_with_arguments_that_it_has():
    read = read_crontab(CRONTAB)

    assert (len(read.entries), read.unreadable) == (len(LINES), ())
    for run in RUNS:
        name, *arguments = run.split()
        command = load_command_class(get_commands()[name], name)
        command.create_parser("manage.py", name).parse_known_args(arguments)
        assert not [
            word for word in arguments if word.startswith("--") and word not in help_of(command)
        ]


def help_of(command):
    return command.create_parser("manage.py", "command").format_help()


def test_the_page_of_the_project_shows_the_schedule():
    shown = re.search(r"```cron\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)[1]

    assert shown.splitlines() == LINES


def test_the_services_run_the_same_commands_in_the_same_folder():
    common = (UNITS / "portal-.service.d/command.conf").read_text()
    folder = re.search(r"^WorkingDirectory=(.*)$", common, re.MULTILINE)[1]

    assert set(in_timers()) == set(RUNS)
    assert len(list(UNITS.glob("portal-*.service"))) == len(RUNS)
    for line in LINES:
        assert f"cd {folder} && .venv/bin/python manage.py " in line


def test_the_timers_keep_the_same_times(systemd_analyze):
    timers = in_timers()
    for run, times in RUNS.items():
        calendar = re.search(r"^OnCalendar=(.*)$", timers[run].read_text(), re.MULTILINE)[1]
        expected = [
            moment
            for number in range(DAYS)
            for moment in times.on(FIRST_DAY + timedelta(days=number))
        ]
        assert elapses(systemd_analyze, calendar, len(expected)) == expected, run


def elapses(systemd_analyze, calendar, count):
    before = datetime.combine(FIRST_DAY, datetime.min.time()) - timedelta(seconds=1)
    ran = systemd_analyze(
        "calendar", f"--base-time={before} UTC", f"--iterations={count}", f"{calendar} UTC"
    )
    assert ran.returncode == 0, ran.stderr
    found = re.findall(r"(?:elapse|#\d+): \w+ (\S+ \S+) UTC", ran.stdout)
    return [datetime.fromisoformat(moment) for moment in found]


@pytest.fixture
def units(tmp_path):
    """The units, for a portal that is there."""
    folder = tmp_path / "systemd"
    shutil.copytree(UNITS, folder)
    for file in folder.glob("portal-*.service"):
        text = file.read_text().replace("/srv/billing-portal/.venv/bin/python", sys.executable)
        file.write_text(text)
    return folder


def test_systemd_reads_the_units(systemd_analyze, units):
    services, timers = units.glob("portal-*.service"), units.glob("portal-*.timer")

    ran = systemd_analyze("verify", "--man=no", *services, *timers)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_services_may_do_little(systemd_analyze, units):
    """systemd's measure of what a service could do, from 0 to 10."""
    services = list(units.glob("portal-*.service"))

    ran = systemd_analyze("security", "--offline=yes", "--threshold=30", *services)

    levels = re.findall(r"Overall exposure level for portal-[\w-]+\.service: ([\d.]+)", ran.stdout)
    assert ran.returncode == 0
    assert len(levels) == len(services)
    assert max(float(level) for level in levels) < 3


def test_the_container_runs_the_same_file():
    start, shell = ((DEPLOY / name).read_text() for name in ("scheduler.sh", "job_shell.sh"))

    assert "from billing_portal.settings import CRONTAB" in start
    assert 'cat "$crontab"; } | crontab -u "$user" -' in start
    assert "exec cron -f" in start
    assert f">{re.search(r'^pipe=(.*)$', start, re.MULTILINE)[1]} 2>&1" in shell
