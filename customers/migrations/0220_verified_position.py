from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("customers", "0215_asked_all_at")]

    operations = [
        migrations.CreateModel(
            name="VerifiedPosition",
            fields=[
                (
                    "run",
                    models.CharField(
                        choices=[("new", "New"), ("all", "All")],
                        max_length=3,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField(max_length=32)),
                ("began_at", models.DateTimeField()),
                ("signature", models.BinaryField(max_length=32)),
            ],
            options={"default_permissions": ()},
        ),
    ]
