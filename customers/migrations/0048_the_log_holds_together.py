"""Go on only with a disclosure log that holds together.

Entries of another format are put behind it; afterwards nobody could tell whether it was the upgrade
that broke it.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.core.management import CommandError
from django.db import migrations

_HASHED = (
    "user_id",
    "username",
    "organization_id",
    "org_id",
    "seen_at",
    "where",
    "ip_address",
    "purpose",
    "checked_at",
    "checked_with_id",
    "checked_with_name",
)


def verify(apps, schema_editor):
    """As release 0.3.0 does."""
    head = apps.get_model("customers", "DisclosureHead").objects.filter(pk=1).first()
    before, end = (bytes(head.pruned_hash), bytes(head.hash)) if head else (b"", b"")
    entries = apps.get_model("customers", "View").objects.order_by("pk")
    number = "none"
    for number, written, *values in entries.values_list("pk", "hash", *_HASHED).iterator():
        before = _hash(before, values)
        if bytes(written) != before:
            raise CommandError(_broken(number))
    if before != end:
        raise CommandError(_broken(number))


def _hash(before, values):
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return hashlib.sha256(before + text.encode()).digest()


def _plain(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _broken(number):
    return (
        f"The disclosure log does not hold together: its chain breaks at entry {number}. Nothing "
        "of it was changed, and nothing is upgraded from here on. Compare it with a backup, and "
        "see “verify_disclosures fails” in docs/operations.md."
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0047_recovery_codes")]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
