"""Print every user's permissions, and whether the admin's history leads anywhere, as JSON.

`manage.py shell` of the portal in question reads it.
"""

import json
import sys

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client, override_settings

from tests.helpers.static_files import NOT_COLLECTED


def history() -> dict[str, int]:
    """The status of what each entry is about, opened by who made it."""
    statuses = {}
    with override_settings(**NOT_COLLECTED):
        for entry in LogEntry.objects.select_related("user", "content_type"):
            client = Client(headers={"host": "localhost"})
            client.force_login(entry.user)
            url = entry.get_admin_url() or ""
            statuses[url] = client.get(url, secure=True).status_code
    return statuses


found = {user.username: sorted(user.get_all_permissions()) for user in User.objects.all()}
sys.stdout.write(f"{json.dumps(found | {'history': history()})}\n")
