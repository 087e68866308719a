"""Open every user's overview, list and organizations, and print the status of each page.

`manage.py shell` of the portal in question reads it.
"""

import json
import sys

from django.contrib.auth.models import User
from django.test import Client, override_settings

from customers.services.access.visible import visible_customers
from tests.helpers.static_files import NOT_COLLECTED

statuses = {}
with override_settings(**NOT_COLLECTED):
    for user in User.objects.order_by("username"):
        client = Client(headers={"host": "localhost"})
        client.force_login(user)
        shown = visible_customers(user).select_related("organization")
        for url in ("/", "/orgs/", *(row.organization.get_absolute_url() for row in shown)):
            statuses[f"{user.username} {url}"] = client.get(url, secure=True).status_code
sys.stdout.write(f"{json.dumps(statuses)}\n")
