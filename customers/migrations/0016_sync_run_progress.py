"""Keep how far a run is, what went wrong in it, and whether it is alive."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0015_key_pace_slows_down")]
    operations = [
        migrations.AlterModelOptions(
            name="syncrun",
            options={
                "ordering": ("-started_at", "-pk"),
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
            },
        ),
        migrations.AddField(
            model_name="syncrun",
            name="beat_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last sign of life"),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="checked",
            field=models.PositiveIntegerField(default=0, verbose_name="checked"),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="due",
            field=models.PositiveIntegerField(default=0, verbose_name="due"),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="failed",
            field=models.PositiveIntegerField(default=0, verbose_name="failed"),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="process",
            field=models.CharField(blank=True, editable=False, max_length=255),
        ),
        migrations.AddField(
            model_name="syncrun",
            name="troubles",
            field=models.JSONField(default=dict, verbose_name="troubles"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "running"),
                    ("complete", "complete"),
                    ("failures", "complete, with failures"),
                    ("interrupted", "interrupted"),
                    ("gave_up", "gave up, because Catalyze kept failing"),
                    ("lost", "ended without a word"),
                ],
                max_length=16,
                verbose_name="ending",
            ),
        ),
        migrations.AddIndex(
            model_name="syncrun",
            index=models.Index(fields=["-started_at", "-id"], name="sync_run_latest"),
        ),
        migrations.AddIndex(
            model_name="syncrun",
            index=models.Index(
                condition=models.Q(("ending", "")), fields=["id"], name="sync_run_open"
            ),
        ),
    ]
