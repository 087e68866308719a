"""A permission to watch sync runs; services/accounts/support_group.py grants it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0021_answer_templates")]
    operations = [
        migrations.AlterModelOptions(
            name="syncrun",
            options={
                "ordering": ("-started_at", "-pk"),
                "permissions": (("watch_syncrun", "Can watch sync runs"),),
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
            },
        ),
    ]
