"""Keep the intervals in which the present state and delinquency began."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0003_access_looked_at")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="delinquent_after",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="delinquent_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="failing_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="state_after",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="customer",
            name="state_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
