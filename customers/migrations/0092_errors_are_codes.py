"""Drop the sentences, and index the organizations that failed by their code."""

from django.db import migrations, models

_NARROWING = ("state", "brand", "funding", "currency", "country", "livemode")


class Migration(migrations.Migration):
    dependencies = [("customers", "0091_keep_former_sentences")]

    operations = [
        migrations.RemoveIndex(model_name="customer", name="customer_failed"),
        migrations.RemoveField(model_name="customer", name="last_error"),
        migrations.RemoveField(model_name="credentials", name="last_error"),
        migrations.AlterField(
            model_name="syncrun",
            name="troubles",
            field=models.JSONField(default=list, verbose_name="troubles"),
        ),
        migrations.AddIndex(
            model_name="customer",
            index=models.Index(
                fields=("folded_name", "organization", *_NARROWING),
                name="customer_failed",
                condition=models.Q(("last_error_code", ""), _negated=True),
            ),
        ),
    ]
