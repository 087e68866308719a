"""When a sync last asked about an organization with every user that it had to."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0212_sync_run_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="asked_all_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
