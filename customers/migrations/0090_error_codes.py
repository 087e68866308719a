"""Make room for errors as codes with parameters, beside the sentences that were stored."""

from django.db import migrations, models


def _columns(model):
    return (
        migrations.AddField(
            model_name=model,
            name="last_error_code",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name=model,
            name="last_error_params",
            field=models.JSONField(blank=True, default=dict),
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0084_wallet")]

    operations = [*_columns("customer"), *_columns("credentials")]
