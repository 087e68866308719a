"""The triggers of the disclosure log: `migrate` makes them, whatever became of them before."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from customers.models import DisclosureHead, Organization
from customers.services.disclosures import triggers as disclosure_triggers
from customers.services.disclosures.chain import verify_log
from customers.services.disclosures.log import record
from tests.helpers.disclosures.disclosure_log import LONG_AGO, at_the_time
from tests.helpers.rows import make_customer

UPDATE = "UPDATE customers_disclosure SET username = 'eve'"
DELETE = "DELETE FROM customers_disclosure"
DELETE_HEAD = "DELETE FROM customers_disclosurehead"
INSERT_HEAD = (
    "INSERT INTO customers_disclosurehead (id, number, hash, pruned_through, pruned_hash) "
    "SELECT 2, number, hash, pruned_through, pruned_hash FROM customers_disclosurehead"
)
REFUSED = (UPDATE, DELETE, DELETE_HEAD, INSERT_HEAD)


@pytest.fixture
def entry(ana, northwind):
    record(ana, [make_customer(northwind)], "page")


def refuses(statement):
    try:
        with transaction.atomic():
            connection.cursor().execute(statement)
            transaction.set_rollback(True)
    except DatabaseError as exc:
        return disclosure_triggers.REFUSED in str(exc)
    return False


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_says_why_it_refuses(entry, statement):
    assert refuses(statement)


def test_an_old_entry_stays_until_the_log_says_that_it_is_removed(ana, northwind, monkeypatch):
    with at_the_time(monkeypatch, LONG_AGO):
        record(ana, [make_customer(northwind)], "page")

    assert refuses(DELETE)


@pytest.mark.parametrize("statement", REFUSED)
def test_migrate_makes_triggers_that_were_lost(entry, statement):
    disclosure_triggers.drop()
    assert not refuses(statement)

    call_command("migrate", verbosity=0)

    assert refuses(statement)


def test_migrate_may_be_repeated(entry):
    before = triggers()

    for _ in range(2):
        call_command("migrate", verbosity=0)

    assert triggers() == before
    assert before


@pytest.mark.parametrize("last", ["0001_rows", "0033_looked_at_by_time"])
def test_a_database_that_is_not_yet_so_far_gets_none(entry, last):
    disclosure_triggers.drop()
    then = (
        MigrationLoader(connection, replace_migrations=False)
        .project_state(("customers", last))
        .apps
    )

    disclosure_triggers.restore(apps=then)

    assert triggers() == []


def test_the_end_of_the_chain_is_made_once(db):
    disclosure_triggers.drop()
    DisclosureHead.objects.all().delete()

    for _ in range(2):
        call_command("migrate", verbosity=0)

    assert DisclosureHead.objects.get().pk == 1


def test_deleting_all_users_and_organizations_leaves_the_log_alone(entry):
    for model in (User, Organization):
        assert model.objects.all().delete()[0]

    assert verify_log().entries == 1


def triggers():
    """The names of the log's triggers, in the database."""
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = [name for (name,) in cursor.fetchall()]
    return sorted(name for name in found if name.startswith(("view_", "head_")))
