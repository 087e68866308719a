"""Keep each user's language and time zone beside the columns of their lists."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0161_watch")]

    operations = [
        migrations.AddField(
            model_name="deskpreferences",
            name="language",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="deskpreferences",
            name="time_zone",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AlterField(
            model_name="deskpreferences",
            name="page_size",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
