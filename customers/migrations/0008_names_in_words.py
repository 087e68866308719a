import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_fill_change_kinds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="organization",
            options={
                "ordering": ("name", "org_id"),
                "verbose_name": "organization",
                "verbose_name_plural": "organizations",
            },
        ),
        migrations.AlterModelOptions(
            name="syncrun",
            options={
                "ordering": ("-started_at",),
                "verbose_name": "sync run",
                "verbose_name_plural": "sync runs",
            },
        ),
        migrations.AlterField(
            model_name="organization",
            name="description",
            field=models.TextField(blank=True, verbose_name="description"),
        ),
        migrations.AlterField(
            model_name="organization",
            name="name",
            field=models.CharField(blank=True, db_index=True, max_length=255, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="counts",
            field=models.JSONField(default=dict, verbose_name="counts"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended at"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="ending",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "running or killed"),
                    ("complete", "complete"),
                    ("failures", "complete, with failures"),
                    ("interrupted", "interrupted"),
                ],
                max_length=16,
                verbose_name="ending",
            ),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="options",
            field=models.JSONField(default=dict, verbose_name="options"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="started_at",
            field=models.DateTimeField(verbose_name="started at"),
        ),
        migrations.AlterField(
            model_name="syncrun",
            name="started_by",
            field=models.CharField(max_length=255, verbose_name="started by"),
        ),
        migrations.AlterField(
            model_name="view",
            name="checked_at",
            field=models.DateTimeField(null=True, verbose_name="checked at"),
        ),
        migrations.AlterField(
            model_name="view",
            name="checked_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="checked with",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="organization",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                to="customers.organization",
                verbose_name="organization",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="seen_at",
            field=models.DateTimeField(verbose_name="seen at"),
        ),
        migrations.AlterField(
            model_name="view",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AlterField(
            model_name="view",
            name="where",
            field=models.CharField(max_length=16, verbose_name="where"),
        ),
    ]
