"""Make room for the customer's phone number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0073_kept_figures")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="phone",
            field=models.CharField(blank=True, max_length=255),
        ),
    ]
