"""Put the narrow table of proofs in the place of the former."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0071_narrow_proofs")]

    operations = [
        migrations.DeleteModel(name="Access"),
        migrations.RenameModel(old_name="NarrowAccess", new_name="Access"),
    ]
