"""A new database, and one that went through all former migrations, are the same."""

import pytest

from tests.helpers.portals.databases import upgrade
from tests.helpers.portals.schema import first_rows_of, schema_of
from tests.operations.make_release import HERE


@pytest.fixture(scope="module")
def both(lasting_database, sandbox_process):
    """One by the squashed migration, and one by those that it replaces."""
    squashed, replaced = lasting_database("squashed"), lasting_database("replaced")
    upgrade(squashed, sandbox_process)
    portal = replaced.portal(sandbox_process)
    ran = portal.run("shell", stdin=(HERE / "by_replaced_migrations.py").read_bytes())
    assert ran.code == 0, ran.err
    upgrade(replaced, sandbox_process)
    return squashed, replaced


def test_a_new_database_is_what_the_replaced_migrations_make(both):
    new, former = map(schema_of, both)

    for kind, found in former.items():
        assert new[kind] == found


def test_it_holds_the_same_rows_and_counts_as_migrated_by_both(both):
    new, former = map(first_rows_of, both)

    assert new == former
