"""`export_disclosures`: all or part of the log; new columns come last."""

import csv
import io

import pytest

from customers.models import Disclosure
from customers.services.disclosures.log import record
from customers.services.disclosures.request_origin import Origin, asked_from
from tests.helpers.commands import run
from tests.helpers.rows import make_customer, make_organization

HEADER = (
    "number,seen_at,user_id,username,organization_id,org_id,where,ip_address,purpose,checked_at,"
    "checked_with_id,checked_with_name,hash,format,token_name,proof,shown_together"
)


@pytest.fixture
def shown(ana, ben):
    """Ana was shown two organizations at once, and Ben one, through a command."""
    north, south = (make_customer(make_organization(name)) for name in ("north", "south"))
    record(ana, [north, south], "list")
    with asked_from(Origin(token_name="nightly report")):
        record(ben, [south], "page")


def rows(*arguments):
    ran = run("export_disclosures", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return list(csv.DictReader(io.StringIO(ran.out, newline="")))


def numbers(*arguments):
    return [int(row["number"]) for row in rows(*arguments)]


def test_new_columns_follow_the_hash(shown):
    assert run("export_disclosures").out.splitlines()[0] == HEADER


def test_it_says_by_which_proof_and_token_and_what_was_shown_together(shown):
    first, second, third = rows()

    assert [row["token_name"] for row in (first, second, third)] == ["", "", "nightly report"]
    assert {row["proof"] for row in (first, second, third)} == {"own"}
    assert {row["format"] for row in (first, second, third)} == {"2"}
    assert first["shown_together"] == second["shown_together"] != third["shown_together"]


def test_json_lines_say_the_same(shown):
    objects = run("export_disclosures", "--format=jsonl").objects

    assert ",".join(objects[0]) == HEADER
    assert (objects[2]["format"], objects[2]["proof"]) == (2, "own")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((), [1, 2, 3]),
        (("--org=south",), [2, 3]),
        (("--org=north", "--org=south"), [1, 2, 3]),
        (("--user=ben",), [3]),
        (("--user=ana", "--org=south"), [2]),
        (("--user=nobody",), []),
        (("--since=2020-01-01", "--org=north"), [1]),
        (("--until=2020-01-01", "--user=ana"), []),
    ],
)
def test_an_auditor_may_ask_for_a_part(shown, arguments, expected):
    assert numbers(*arguments) == expected


def test_an_organization_and_a_user_that_are_gone_are_still_found(shown, ana):
    Disclosure.objects.get(pk=2).organization.delete()
    ana.delete()

    assert numbers("--org=south", "--user=ana") == [2]


def test_an_id_that_none_can_have_is_said(db):
    ran = run("export_disclosures", "--org=a/b")

    assert ran.code == 1
    assert "--org" in ran.err
