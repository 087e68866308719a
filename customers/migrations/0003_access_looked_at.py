"""Remember which answer a user last opened the page with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0002_support_group")]

    operations = [
        migrations.AddField(
            model_name="access",
            name="looked_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
