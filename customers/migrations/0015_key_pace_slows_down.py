"""Let a key's pace be lowered for a while."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0014_digest")]
    operations = [
        migrations.AddField(
            model_name="keypace",
            name="full_rate",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="keypace",
            name="rate_changed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="keypace",
            name="slow_rate",
            field=models.FloatField(null=True),
        ),
    ]
