"""Made the group "Support" until release 0.3.0; services/accounts/support_group.py does now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0001_rows"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = []
