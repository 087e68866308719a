"""A desk after years is filled, down to a valid log, and its pages and commands can be measured."""

import re

import pytest

from benchmarks.machinery.portal import Portal, fresh_database, last_object
from benchmarks.years.__main__ import again


@pytest.fixture(scope="module")
def portal():
    with fresh_database("") as url:
        portal = Portal(url, "https://benchmarks.invalid")
        again(portal, "--fill=40", "--people=2")
        yield portal


def test_pages_are_measured(portal):
    times = last_object(again(portal, "--times=2").out)

    assert {"changes", "organization as of 900 days ago", "overview, counted again"} <= times.keys()


def test_the_log_holds_together_before_and_after_a_month_is_removed(portal):
    whole = portal.run("verify_disclosures", "--all")
    pruned = portal.run("prune_history")
    afterwards = portal.run("verify_disclosures", "--all")

    assert int(whole.out.split()[0]) >= 40 * 30
    assert re.search(r"^[1-9]\d* changes removed\n[1-9]\d* disclosures removed$", pruned.out, re.M)
    assert "were removed by retention" in afterwards.out
    assert min(whole.peak, pruned.peak) > 0
