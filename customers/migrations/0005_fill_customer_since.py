"""Fill in since when customers are as they are, from their changes."""

from itertools import groupby
from operator import attrgetter

from django.db import migrations
from django.db.models import F

_ROWS_AT_A_TIME = 500
_COLUMNS = ("state", "delinquent")


def fill(apps, schema_editor):
    Customer = apps.get_model("customers", "Customer")
    Change = apps.get_model("customers", "Change")
    rows = []
    changes = Change.objects.order_by("organization_id", "-seen_at", "-pk")
    for key, latest_first in groupby(
        changes.iterator(chunk_size=2000), attrgetter("organization_id")
    ):
        rows.append(_row(Customer, key, list(latest_first)))
        if len(rows) == _ROWS_AT_A_TIME:
            _write(Customer, rows)
            rows = []
    _write(Customer, rows)
    failing = Customer.objects.exclude(last_error="").filter(failing_since=None)
    failing.update(failing_since=F("attempted_at"))


def _row(Customer, key, latest_first):
    row = Customer(organization_id=key)
    for name in _COLUMNS:
        for change in latest_first:
            if name in change.differences:
                setattr(row, f"{name}_after", change.after)
                setattr(row, f"{name}_seen_at", change.seen_at)
                break
    return row


def _write(Customer, rows):
    if rows:
        columns = [f"{name}_{end}" for name in _COLUMNS for end in ("after", "seen_at")]
        Customer.objects.bulk_update(rows, columns)


class Migration(migrations.Migration):
    dependencies = [("customers", "0004_customer_since")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
