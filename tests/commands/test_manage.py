"""`manage.py` as run by a scheduler: exit codes, streams, help, and a whole working day."""

import csv
import io

import pytest

from tests.helpers.commands import Portal
from tests.helpers.sandbox_process import PROJECT

FOLDER = PROJECT / "customers" / "management" / "commands"
COMMANDS = sorted(file.stem for file in FOLDER.glob("[!_]*.py"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("sync_customers", "--max-age=soon"),
        ("sync_customers", "--concurrency=0"),
        ("sync_customers", "--nonsense"),
        ("show_customer",),
        ("show_customer", "a/b", "--user=ana"),
        ("export_customers",),
        ("export_customers", "--user=ana", "--worklist=nonsense"),
        ("export_customers", "--user=ana", "--format=xml"),
        ("set_credentials",),
        ("set_credentials", "ana", "--api-key=0f3a"),
        ("check_credentials", "ana"),
        ("import_organizations",),
    ],
    ids=" ".join,
)
def test_arguments_that_cannot_be_end_with_2(portal, arguments):
    ran = portal.run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert "error: " in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("sync_customers",),
        ("sync_customers", "--user=nobody"),
        ("show_customer", "org", "--user=ana"),
        ("export_customers", "--user=nobody"),
        ("check_credentials", "--user=ana"),
        ("import_organizations", "no-such-file.csv"),
    ],
    ids=" ".join,
)
def test_what_could_not_be_done_ends_with_1_and_one_sentence(portal, arguments):
    ran = portal.run(*arguments)

    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" not in ran.err
    assert ran.err.strip().endswith((".", "createsuperuser"))


def test_credentials_without_an_environment_and_a_terminal(portal):
    ran = portal.run("set_credentials", "ana")

    assert (ran.code, ran.out) == (1, "")
    assert "CATALYZE_API_KEY is not set, and there is no terminal to ask on." in ran.err


@pytest.mark.parametrize("command", COMMANDS)
def test_help_holds_an_example(portal, command):
    ran = portal.run(command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert f"example:\n  python manage.py {command}" in ran.out


def test_the_commands_of_the_contract_are_there():
    contract = {
        "import_organizations",
        "set_credentials",
        "sync_customers",
        "show_customer",
        "export_customers",
        "check_credentials",
    }

    assert contract <= set(COMMANDS)


def test_a_working_day(tmp_path, sandbox):
    portal = Portal(tmp_path / "portal.sqlite3", sandbox)
    assert portal.run("migrate", "--verbosity=0").code == 0
    for name in ("ana", "ben"):
        portal.make_user(name)
    imported = portal.import_all()
    assert (imported.code, imported.err) == (0, "")
    assert imported.out == "80 added, 0 updated, 0 unchanged, 0 refused.\n"
    stored = [portal.set_credentials(name) for name in ("ana", "ben")]
    assert [ran.code for ran in stored] == [0, 0]
    assert portal.run("check_credentials").out == ("ana: working\nben: working\n")

    synced = portal.run("sync_customers", "--json")
    assert (synced.code, synced.err) == (0, "")
    assert (synced.object["due"], synced.object["checked"]) == (80, 80)

    as_csv = portal.run("export_customers", "--user=ana")
    as_jsonl = portal.run("export_customers", "--user=ana", "--format=jsonl")
    shown = portal.run("show_customer", sandbox.org_id("Bingo"), "--user=ana", "--json")
    bens = portal.run("export_customers", "--user=ben", "--format=jsonl")
    in_csv = [row["org_id"] for row in csv.DictReader(io.StringIO(as_csv.out, newline=""))]
    anas = {row["name"] for row in as_jsonl.objects}
    assert in_csv == [row["org_id"] for row in as_jsonl.objects]
    assert shown.object in as_jsonl.objects
    assert "Benedict Recovery" not in anas
    assert "Benedict Recovery" in {row["name"] for row in bens.objects}
    assert "Nobody's Clinic" not in anas | {row["name"] for row in bens.objects}
    assert sandbox.counts()["undocumented"] == 0

    runs = (imported, *stored, synced, as_csv, as_jsonl, shown, bens)
    said = "".join(ran.out + ran.err for ran in runs)
    assert sandbox.api_key not in said
    assert portal.environment["CREDENTIAL_KEYS"] not in said
    assert sandbox.api_key.encode() not in portal.database.read_bytes()
