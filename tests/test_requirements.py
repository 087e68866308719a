"""What is installed is what requirements*.txt name, pinned with all that it needs in turn."""

import re

import pytest

from tests.helpers.sandbox_process import PROJECT

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", re.M)


def pins(*files: str) -> dict[str, str]:
    text = "\n".join((PROJECT / file).read_text() for file in files)
    return {name.lower().replace("_", "-"): version for name, version in _PIN.findall(text)}


@pytest.mark.parametrize(
    ("lock", "files"),
    [
        ("requirements.lock", ["requirements.txt"]),
        ("requirements-celery.lock", ["requirements.txt", "requirements-celery.txt"]),
        (
            "requirements-dev.lock",
            ["requirements.txt", "requirements-celery.txt", "requirements-dev.txt"],
        ),
    ],
)
def test_a_lock_pins_what_the_requirements_name(lock, files):
    named, locked = pins(*files), pins(lock)

    assert named
    assert {name: locked.get(name) for name in named} == named


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-celery.lock", "requirements-dev.lock"]
)
def test_everything_in_a_lock_has_hashes(lock):
    entries = re.split(r"\n(?=\S)", (PROJECT / lock).read_text().strip())

    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-celery.lock"])
def test_the_tests_run_on_the_releases_that_the_portal_runs_on(lock):
    running, tested = pins(lock), pins("requirements-dev.lock")

    assert {name: tested.get(name) for name in running} == running


def test_every_requirement_says_who_needs_it():
    lines = [
        line
        for file in ("requirements.txt", "requirements-celery.txt", "requirements-dev.txt")
        for line in (PROJECT / file).read_text().splitlines()
        if "==" in line
    ]

    assert [line for line in lines if "#" not in line] == []
