"""Triggers that refuse changes to the disclosure log.
Entries can go only after the head says that retention removed them, and once they are older than
DISCLOSURE_RETENTION was at the last `migrate`. The head stays; its content is checked elsewhere."""

from typing import Any

from django.conf import settings
from django.db import connection, transaction

from customers.models import Disclosure, DisclosureHead
from customers.services.disclosures.signature import sign

REFUSED = "The disclosure log is only ever added to."
_LOG, _HEAD, _HEAD_ID = Disclosure._meta.db_table, DisclosureHead._meta.db_table, 1
_PRUNED = f"(SELECT pruned_through FROM {_HEAD} WHERE id = {_HEAD_ID})"


def restore(apps: Any = None, **_: Any) -> None:
    """Runs after every `migrate`; `apps` holds the models as of that migration."""
    if apps and not _has_log(apps):
        return
    with transaction.atomic():
        _ensure_head()
        _execute((*_DROP_SQLITE, *_SQLITE) if _is_sqlite() else _POSTGRESQL)


def drop() -> None:
    """Only the owner of the tables can."""
    _execute(_DROP_SQLITE if _is_sqlite() else _DROP_POSTGRESQL)


def _has_log(apps: Any) -> bool:
    """Under this name it has every column used here."""
    return "disclosure" in apps.all_models["customers"]


def _ensure_head() -> None:
    head, is_new = DisclosureHead.objects.get_or_create(pk=_HEAD_ID)
    if is_new:
        sign(head, settings.CREDENTIAL_KEYS[0])
        head.save(update_fields=["signature"])


def _is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def _execute(statements: tuple[str, ...]) -> None:
    kept_for = f"{settings.DISCLOSURE_RETENTION.total_seconds():.0f} seconds"
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.replace(":kept_for", kept_for))


# REPLACE deletes without firing a delete trigger, so every number but the next is refused.
_SQLITE = (
    f"""
    CREATE TRIGGER disclosure_is_in_order BEFORE INSERT ON {_LOG}
    WHEN NEW.id IS NOT (SELECT COALESCE(MAX(id), 0) + 1 FROM {_LOG})
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER disclosure_is_not_changed BEFORE UPDATE ON {_LOG}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER disclosure_is_not_deleted BEFORE DELETE ON {_LOG}
    WHEN OLD.id > COALESCE({_PRUNED}, 0)
    OR OLD.seen_at >= strftime('%Y-%m-%d %H:%M:%f', 'now', '-:kept_for')
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER head_is_not_added BEFORE INSERT ON {_HEAD}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
    f"""
    CREATE TRIGGER head_is_not_deleted BEFORE DELETE ON {_HEAD}
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END
    """,
)
_DROP_SQLITE = (
    "DROP TRIGGER IF EXISTS disclosure_is_in_order",
    "DROP TRIGGER IF EXISTS disclosure_is_not_changed",
    "DROP TRIGGER IF EXISTS disclosure_is_not_deleted",
    "DROP TRIGGER IF EXISTS head_is_not_added",
    "DROP TRIGGER IF EXISTS head_is_not_deleted",
)
# Replaced in place: dropping a trigger waits for every reader, and blocks whoever comes after it.
_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION disclosure_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
            IF OLD.id <= {_PRUNED} AND OLD.seen_at < now() - interval ':kept_for' THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{REFUSED}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    f"""
    CREATE OR REPLACE TRIGGER disclosure_is_not_changed BEFORE UPDATE OR DELETE ON {_LOG}
    FOR EACH ROW EXECUTE FUNCTION disclosure_stays()
    """,
    f"""
    CREATE OR REPLACE TRIGGER disclosure_is_not_emptied BEFORE TRUNCATE ON {_LOG}
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_stays()
    """,
    f"""
    CREATE OR REPLACE TRIGGER head_is_not_replaced BEFORE INSERT OR DELETE OR TRUNCATE ON {_HEAD}
    FOR EACH STATEMENT EXECUTE FUNCTION disclosure_stays()
    """,
)
_DROP_POSTGRESQL = (
    f"DROP TRIGGER IF EXISTS disclosure_is_not_changed ON {_LOG}",
    f"DROP TRIGGER IF EXISTS disclosure_is_not_emptied ON {_LOG}",
    f"DROP TRIGGER IF EXISTS head_is_not_replaced ON {_HEAD}",
    "DROP FUNCTION IF EXISTS disclosure_stays()",
)
