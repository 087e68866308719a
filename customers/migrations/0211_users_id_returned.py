"""When Catalyze said whose session it is. Not known of former sessions, so that a sync under
ACCESS_PROOFS=listed verifies each of them once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0210_permission_lists")]

    operations = [
        migrations.AddField(
            model_name="credentials",
            name="users_id_returned_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
