"""Copy the organizations' names to the rows that lists read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0021_answer_templates")]

    operations = [
        migrations.AddField(
            model_name="customer",
            name="organization_name",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
    ]
