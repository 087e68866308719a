"""Make room for the languages that the customer prefers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0082_tax_exempt")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="preferred_locales",
            field=models.CharField(blank=True, max_length=255),
        ),
    ]
