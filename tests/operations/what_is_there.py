"""Print what a portal's database holds and shows, as one JSON object; nothing is written to it.

`manage.py shell` of the portal in question reads it.
"""

import json
import sys
from typing import Any

from django.contrib.auth.models import User

from customers.models import Access, Change, Credentials, Disclosure, Note, Organization, SyncRun
from customers.services.access.visible import visible_changes, visible_customers
from customers.services.credentials.store import CredentialsUnusable, open_credentials
from customers.services.lists.export import export_row


def held() -> dict[str, Any]:
    """What is stored, whoever may see it."""
    access = Access.objects.order_by("user", "organization")
    disclosures = Disclosure.objects.order_by("pk")
    return {
        "organizations": list(
            Organization.objects.order_by("org_id").values_list("org_id", "name")
        ),
        "access": [
            [row.user_id, row.organization_id, row.state, row.proved_at.isoformat()]
            for row in access
        ],
        "changes": Change.objects.count(),
        "notes": list(Note.objects.order_by("pk").values_list("organization__org_id", "text")),
        "views": [
            [row.user_id, row.organization_id, row.where, row.seen_at.isoformat()]
            for row in disclosures
        ],
        "runs": list(SyncRun.objects.order_by("pk").values_list("ending", flat=True)),
        "credentials": list(Credentials.objects.order_by("pk").values_list("state", flat=True)),
    }


def shown_to(user: User) -> dict[str, Any]:
    """What the user's own proofs let them see, of the present and of the past."""
    customers = visible_customers(user).select_related("organization").order_by("pk")
    changes = visible_changes(user).select_related("organization").order_by("pk")
    return {
        "customers": [export_row(row) for row in customers],
        "changes": [
            [row.seen_at.isoformat(), row.organization.org_id, row.differences] for row in changes
        ],
        "opens": opens(user),
    }


def opens(user: User) -> bool:
    """Whether the keys that are set open the user's stored credentials."""
    try:
        return bool(open_credentials(user.pk).secrets.session_token)
    except CredentialsUnusable:
        return False


found = {user.username: shown_to(user) for user in User.objects.order_by("username")}
sys.stdout.write(f"{json.dumps(held() | found)}\n")
