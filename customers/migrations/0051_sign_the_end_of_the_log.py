"""Sign the end of the disclosure log, which 0048 verified."""

from django.conf import settings
from django.db import migrations, models
from django.utils.crypto import salted_hmac


def let_go(apps, schema_editor):
    """SQLite cannot alter a table that a trigger of another one reads."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS view_is_not_deleted")


def sign(apps, schema_editor):
    """As services/disclosures/signature.py does."""
    head = apps.get_model("customers", "DisclosureHead").objects.get(pk=1)
    head.signature = salted_hmac(
        "customers.disclosures.head",
        f"{head.number}:{bytes(head.hash).hex()}",
        secret=settings.CREDENTIAL_KEYS[0],
        algorithm="sha256",
    ).digest()
    head.save(update_fields=["signature"])


class Migration(migrations.Migration):
    dependencies = [("customers", "0050_removals_are_entries")]

    operations = [
        migrations.RunPython(let_go, migrations.RunPython.noop),
        migrations.AddField(
            model_name="disclosurehead",
            name="signature",
            field=models.BinaryField(default=b"", max_length=32),
        ),
        migrations.RunPython(sign, migrations.RunPython.noop),
    ]
