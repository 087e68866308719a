"""`.env.example` lists every setting, and works as it is."""

import re
import shutil

import pytest

from tests.helpers.portals.checkout import OF_THE_DESIGN, Checkout
from tests.helpers.sandbox_process import PROJECT


@pytest.fixture
def checkout_with_example(tmp_path):
    """A copy in which `.env.example` was copied to `.env`."""
    shutil.copy(PROJECT / ".env.example", tmp_path / ".env")
    return Checkout(tmp_path)


def names_in_example():
    text = (PROJECT / ".env.example").read_text()
    return re.findall(r"^([A-Z_]+)=", text, re.MULTILINE)


def test_the_example_lists_every_setting_of_the_design_once():
    names = names_in_example()

    assert set(names) >= OF_THE_DESIGN
    assert len(names) == len(set(names))


def test_the_example_lists_what_is_read_and_nothing_else():
    settings, single_sign_on, environment = (
        (PROJECT / "billing_portal" / name).read_text()
        for name in ("settings.py", "single_sign_on.py", "environment.py")
    )
    read = re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', settings)
    read += re.findall(r'\w+\(\s*"([A-Z_]+)"', single_sign_on)
    read += re.findall(r'\w+\(\s*"([A-Z_]+)"', environment)

    assert set(read) == set(names_in_example())


def test_the_example_is_usable_as_it_is(checkout_with_example):
    ended = checkout_with_example.check({})

    assert (ended.code, ended.err) == (0, "")


def test_the_example_holds_no_secret_of_anyone():
    text = (PROJECT / ".env.example").read_text()

    assert "SECRET_KEY=change-me" in text
    assert "http://127.0.0.1" in text


def test_the_environment_wins_over_the_file(checkout_with_example):
    settings = checkout_with_example.settings({"CUSTOMER_MAX_AGE": "1h"})

    assert settings["CUSTOMER_MAX_AGE"] == "1:00:00"
    assert settings["EXPIRY_WARNING_DAYS"] == 60
