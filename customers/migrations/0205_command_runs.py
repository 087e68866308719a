"""Runs of scheduled commands. The first is the command that makes the table: what has not run since
then is overdue, and what has not yet had to run is not."""

from django.db import migrations, models
from django.utils import timezone


def _record_this_run(apps, schema_editor):
    now = timezone.now()
    apps.get_model("customers", "CommandRun").objects.create(
        command="migrate", began_at=now, ended_at=now, exit_code=0
    )


class Migration(migrations.Migration):
    dependencies = [("customers", "0200_single_sign_on")]

    operations = [
        migrations.CreateModel(
            name="CommandRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("command", models.CharField(max_length=255)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("exit_code", models.SmallIntegerField(null=True)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["command", "ended_at"], name="command_run_ends")],
            },
        ),
        migrations.RunPython(_record_this_run, migrations.RunPython.noop),
    ]
