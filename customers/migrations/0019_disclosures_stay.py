"""Let the database itself refuse to change or delete an entry of the disclosure log.

Retention removes entries from the old end only, and first writes into the head how far it goes.
A later migration that alters the table on SQLite makes it anew without these triggers, and has to
make them again; test_disclosures.py says so.
"""

from django.db import migrations

_REFUSED = "The disclosure log is only ever added to."
_SQLITE = (
    f"""
    CREATE TRIGGER view_is_not_changed BEFORE UPDATE ON customers_view
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER view_is_not_deleted BEFORE DELETE ON customers_view
    WHEN OLD.id > COALESCE((SELECT MAX(pruned_through) FROM customers_disclosurehead), 0)
    BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END
    """,
)
_POSTGRESQL = (
    f"""
    CREATE FUNCTION view_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.id <= (SELECT MAX(pruned_through) FROM customers_disclosurehead) THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'TRUNCATE' THEN
            IF NOT EXISTS (SELECT 1 FROM customers_view) THEN
                RETURN NULL;
            END IF;
        END IF;
        RAISE EXCEPTION '{_REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER view_is_not_changed BEFORE UPDATE OR DELETE ON customers_view
    FOR EACH ROW EXECUTE FUNCTION view_stays()
    """,
    """
    CREATE TRIGGER view_is_not_emptied BEFORE TRUNCATE ON customers_view
    FOR EACH STATEMENT EXECUTE FUNCTION view_stays()
    """,
)
_WITHOUT = {
    "sqlite": ("DROP TRIGGER view_is_not_changed", "DROP TRIGGER view_is_not_deleted"),
    "postgresql": (
        "DROP TRIGGER view_is_not_changed ON customers_view",
        "DROP TRIGGER view_is_not_emptied ON customers_view",
        "DROP FUNCTION view_stays()",
    ),
}


def keep(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    for statement in _WITHOUT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("customers", "0018_chain_the_disclosures")]

    operations = [migrations.RunPython(keep, let_go)]
