"""Commands print UTF-8 in any locale, and no text can forge lines or move the cursor."""

import csv
import io
import json
import re

import pytest

from tests.helpers.commands import PATIENCE
from tests.helpers.rows import stripe_customer

NAME = "Zoës Klinik 桜 •"
LOCALES = [
    {"LANG": "C", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LANG": "C.UTF-8", "PYTHONIOENCODING": "latin-1"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    {},
]
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
ids = [" ".join(f"{name}={value}" for name, value in env.items()) or "none" for env in LOCALES]


@pytest.fixture
def shown(portal, sandbox):
    """Ana was shown an organization with a non-ASCII name."""
    sandbox.put_org("zoë", name=NAME, payment=["ana"])
    sandbox.put_customer("zoë", stripe_customer(email="zoë@klinik.example", id="cus_1"))
    assert portal.set_credentials("ana").code == 0
    assert portal.run("show_customer", "zoë", "--user", "ana").code == 0
    return portal


@pytest.mark.parametrize("locale", LOCALES, ids=ids)
def test_what_is_shown_is_utf8(shown, locale):
    ran = shown.run("show_customer", "zoë", "--user", "ana", **locale)
    as_json = shown.run("show_customer", "zoë", "--user", "ana", "--json", **locale)

    assert (ran.code, ran.err) == (0, "")
    assert f"Organization:   {NAME} (zoë)" in ran.out
    assert "Visa •••• 4242" in ran.out
    assert as_json.object["name"] == NAME


@pytest.mark.parametrize("locale", LOCALES, ids=ids)
def test_an_export_is_utf8_and_whole(shown, locale):
    as_csv = shown.run("export_customers", "--user", "ana", **locale)
    as_jsonl = shown.run("export_customers", "--user", "ana", "--format", "jsonl", **locale)

    (row,) = csv.DictReader(io.StringIO(as_csv.out, newline=""))
    assert (as_csv.code, row["name"], row["org_id"]) == (0, NAME, "zoë")
    assert json.loads(as_jsonl.out)["name"] == NAME


@pytest.mark.parametrize("locale", LOCALES, ids=ids)
def test_failures_are_utf8_too(shown, sandbox, locale):
    sandbox.put_org("größe", name="x", payment=[])

    ran = shown.run("show_customer", "größe", "--user", "ana", **locale)

    assert (ran.code, ran.out) == (1, "")
    assert "größe: " in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("locale", LOCALES, ids=ids)
def test_a_file_is_read_as_utf8(shown, tmp_path, locale):
    file = tmp_path / "organizations.csv"
    file.write_text("\ufefforg_id,name,description\nzoë,Größe,\n", encoding="utf-8")

    from_file = shown.run("import_organizations", str(file), **locale)
    piped = shown.run("import_organizations", "-", stdin=file.read_bytes(), **locale)

    assert (from_file.out, piped.out) == (
        "0 added, 1 updated, 0 unchanged, 0 refused.\n",
        "0 added, 0 updated, 1 unchanged, 0 refused.\n",
    )
    assert "Größe" in shown.run("show_customer", "zoë", "--user", "ana").out


def test_a_file_in_another_encoding_is_named_as_such(shown, tmp_path):
    file = tmp_path / "organizations.csv"
    file.write_text("org_id,name,description\nzoë,Größe,\n", encoding="utf-16")

    ran = shown.run("import_organizations", str(file))

    assert (ran.code, ran.out) == (1, "")
    assert "The file is in UTF-16; save it in UTF-8. Nothing was imported." in ran.err


def test_nothing_forges_a_line_or_an_escape_sequence(portal, sandbox):
    lie = "\u202e\x1b[2J\x9b31mPaid\nDelinquent:     no\r\n\u2028Checked: today\x85\x07\ufeff"
    sandbox.put_org("liar", name=lie, description=lie, payment=["ana"])
    sandbox.put_customer("liar", stripe_customer(id=lie, brand=lie, last4=lie, email=lie))
    portal.set_credentials("ana")

    ran = portal.run("show_customer", "liar", "--user", "ana")
    exported = portal.run("export_customers", "--user", "ana")
    as_json = portal.run("show_customer", "liar", "--user", "ana", "--json")

    labels = [line.partition(":")[0] for line in ran.out.splitlines()]
    assert len(labels) == len(set(labels)) == 9
    for text in (ran.out, as_json.out, exported.out.replace("\r\n", "\n")):
        assert not UNSEEN.search(text)
        assert "Paid Delinquent:" in text
    assert len(exported.out.splitlines()) == 2


def test_a_row_of_a_former_release_forges_no_line_either(shown):
    forged = "Paid\\nDelinquent: no\\x1b[2J"
    changed = shown.run(
        "shell",
        "--command",
        f"from customers.models import Organization\nOrganization.objects.update(name='{forged}')",
    )
    assert changed.code == 0, changed.err

    ran = shown.run("show_customer", "zoë", "--user", "ana")

    assert "Organization:   Paid Delinquent: no[2J (zoë)\n" in ran.out
    assert not UNSEEN.search(ran.out)


@pytest.mark.parametrize("command", [("show_customer", "zoë"), ("export_customers",)])
def test_a_command_whose_reader_has_gone_ends_quietly_and_not_well(shown, command):
    started = shown.start(*command, "--user", "ana")
    started.stdout.close()

    _, err = started.communicate(timeout=PATIENCE)

    assert (started.returncode, err) == (1, "")
