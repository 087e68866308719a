"""Let one process at a time renew a session."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0027_access_looked_at_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="credentials",
            name="renewing_until",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
