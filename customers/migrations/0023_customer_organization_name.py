"""Copy the organizations' names to the rows that lists read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0022_support_watches_syncs")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="organization_name",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
    ]
