"""Open every user's overview, list and organizations, and print the status of each page.

`manage.py shell` of the portal in question reads it.
"""

import json
import sys

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings

from customers.services.access.visible import visible_customers

STATIC_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"
NOT_COLLECTED = {
    "STORAGES": settings.STORAGES | {"staticfiles": {"BACKEND": STATIC_FILES}},
    "MIDDLEWARE": [name for name in settings.MIDDLEWARE if "whitenoise" not in name],
}

statuses = {}
with override_settings(**NOT_COLLECTED):
    for user in User.objects.order_by("username"):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        shown = visible_customers(user).select_related("organization")
        for url in ("/", "/orgs/", *(row.organization.get_absolute_url() for row in shown)):
            statuses[f"{user.username} {url}"] = client.get(url, secure=True).status_code
sys.stdout.write(f"{json.dumps(statuses)}\n")
