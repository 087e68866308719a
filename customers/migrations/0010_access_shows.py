"""Keep with each proof of access what it shows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0009_lower_names_and_emails")]

    operations = [
        migrations.AddField(
            model_name="access",
            name="shows_delinquent",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="access",
            name="shows_expires_on",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="access",
            name="shows_failing",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="access",
            name="shows_set_up",
            field=models.BooleanField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="access",
            name="shows_state",
            field=models.CharField(blank=True, editable=False, max_length=16),
        ),
    ]
