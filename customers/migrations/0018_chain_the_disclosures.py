"""Chain the disclosures so far, as services/disclosures.py does at this time."""

import hashlib
import json
from datetime import UTC, datetime

from django.db import migrations

_ROWS_AT_A_TIME = 500
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


def chain(apps, schema_editor):
    View = apps.get_model("customers", "View")
    before, rows = b"", []
    views = View.objects.order_by("pk").select_related("user", "organization", "checked_with")
    for view in views.iterator(chunk_size=2000):
        view.username = view.user.username if view.user else ""
        view.org_id = view.organization.org_id
        view.checked_with_name = view.checked_with.username if view.checked_with else ""
        view.hash = before = _hash(before, view)
        rows.append(view)
        if len(rows) == _ROWS_AT_A_TIME:
            _write(View, rows)
            rows = []
    _write(View, rows)
    apps.get_model("customers", "DisclosureHead").objects.create(pk=1, hash=before)


def _hash(before, view):
    values = [_plain(getattr(view, name)) for name in _HASHED]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


def _plain(value):
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value


def _write(model, rows):
    model.objects.bulk_update(rows, ["username", "org_id", "checked_with_name", "hash"])


def unchain(apps, schema_editor):
    """Leave only what the former table can hold: entries whose user and organization exist."""
    View = apps.get_model("customers", "View")
    users = apps.get_model("auth", "User").objects.values("pk")
    organizations = apps.get_model("customers", "Organization").objects.values("pk")
    View.objects.exclude(organization_id__in=organizations).delete()
    View.objects.exclude(user_id__in=users).update(user_id=None)
    View.objects.exclude(checked_with_id__in=users).update(checked_with_id=None)
    apps.get_model("customers", "DisclosureHead").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("customers", "0017_a_chain_of_disclosures")]

    operations = [migrations.RunPython(chain, unchain)]
