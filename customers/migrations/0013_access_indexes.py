"""Index proofs by what they show, so that lists are counted from the index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0012_access_shows_since")]

    operations = [
        migrations.RemoveIndex(model_name="access", name="access_of_user"),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(fields=["user", "shows_since"], name="access_shown"),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(
                fields=["user", "organization", "shows_since"], name="access_of_one"
            ),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(fields=["user", "shows_state", "shows_since"], name="access_state"),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(
                condition=models.Q(("shows_expires_on__isnull", False)),
                fields=["user", "shows_expires_on", "shows_since"],
                name="access_expiring",
            ),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(
                condition=models.Q(("shows_delinquent", True)),
                fields=["user", "shows_since"],
                name="access_delinquent",
            ),
        ),
        migrations.AddIndex(
            model_name="access",
            index=models.Index(
                condition=models.Q(("shows_failing", True)),
                fields=["user", "shows_since"],
                name="access_failing",
            ),
        ),
    ]
