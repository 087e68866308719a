"""Number the end of the disclosure log, and say in the log what retention removed so far.

There is no way back: a former release cannot verify what follows.
"""

import hashlib
import json
from datetime import UTC

from django.db import migrations
from django.utils import timezone


def write(apps, schema_editor):
    View = apps.get_model("customers", "View")
    head, _ = apps.get_model("customers", "DisclosureHead").objects.get_or_create(pk=1)
    last = View.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    head.number = max(last, head.pruned_through)
    if head.pruned_through:
        _say_removal(View, head)
    head.save()


def _say_removal(model, head):
    """How many they were, nobody has counted."""
    said = {"entries": None, "through": head.pruned_through, "hash": bytes(head.pruned_hash).hex()}
    head.number += 1
    entry = model(
        pk=head.number,
        format=2,
        seen_at=timezone.now(),
        where="pruned",
        purpose=json.dumps(said),
    )
    entry.hash = head.hash = _hash(bytes(head.hash), entry)
    entry.save(force_insert=True)


def _hash(before, entry):
    """As services/disclosure_hash.py does, of an entry about nobody."""
    seen_at = entry.seen_at.astimezone(UTC).isoformat(timespec="microseconds")
    about = (None, "", None, "", seen_at, entry.where, None, entry.purpose, None, None, "")
    text = json.dumps((entry.pk, entry.format, *about, "", "", ""), separators=(",", ":"))
    return hashlib.sha256(before + text.encode()).digest()


class Migration(migrations.Migration):
    dependencies = [("customers", "0049_disclosure_format")]

    operations = [migrations.RunPython(write)]
