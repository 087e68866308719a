"""Find entries of the disclosure log by user, by way, and by what was shown together."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0181_pending_imports")]

    operations = [
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["username", "-id"], name="disclosure_by_username"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(fields=["shown_together", "id"], name="disclosure_together"),
        ),
        migrations.AddIndex(
            model_name="disclosure",
            index=models.Index(
                condition=models.Q(("where", "list"), _negated=True),
                fields=["where", "-id"],
                name="disclosure_by_way",
            ),
        ),
    ]
