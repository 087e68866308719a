import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0019_disclosures_stay")]

    operations = [
        migrations.AlterModelOptions(
            name="note",
            options={"ordering": ("-is_pinned", "-written_at", "-pk")},
        ),
        migrations.AddField(
            model_name="note",
            name="is_pinned",
            field=models.BooleanField(db_default=False, default=False, verbose_name="pinned"),
        ),
        migrations.AlterField(
            model_name="note",
            name="ticket_url",
            field=models.URLField(
                blank=True,
                max_length=500,
                validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                verbose_name="ticket link",
            ),
        ),
    ]
