"""Delete the sessions whose keys stood in the database, and the secrets of set-ups that were begun.

Everybody signs in once more, and a set-up of a second factor starts again.
"""

from django.db import migrations


def end_them(apps, schema_editor):
    apps.get_model("sessions", "Session").objects.all().delete()
    apps.get_model("otp_totp", "TOTPDevice").objects.filter(confirmed=False).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0045_portal_sessions"),
        ("otp_totp", "0001_initial"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(end_them, migrations.RunPython.noop)]
