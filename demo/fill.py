"""Fill a portal from the sandbox: organizations, and users who may see them."""

import json
import secrets
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from customers.models import Change
from customers.services.credentials.catalyze_client import client
from customers.services.credentials.store import open_credentials, paste

# Marks demo users; a database with users but none of these is not a demo.
_DEMO_MAIL = "demo@sandbox.invalid"
_STAFF = ("ana", "ben")


def fill() -> str:
    """Returns a sentence about how to sign in."""
    _refuse_real_data()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "organizations.csv"
        file.write_bytes(_call("GET", "/sandbox/organizations.csv"))
        call_command("import_organizations", str(file))
    passwords = {name: _demo_user(name) for name in _STAFF}
    for name in passwords:
        _store_credentials(name)
    call_command("sync_customers", user=list(_STAFF), max_age=settings.CUSTOMER_MAX_AGE)
    if not Change.objects.exists():
        _change_some()
    admin = _demo_user("admin", is_superuser=True)
    return (
        f"Sign in as ana with the password {passwords['ana']}\n"
        f"        or as ben with the password {passwords['ben']} "
        "(sees a different set of organizations)\n"
        f"        or as admin with the password {admin} (back office)"
    )


def _refuse_real_data() -> None:
    """Do not mix made-up organizations into a real database."""
    names = {*_STAFF, "admin"}
    others = User.objects.exclude(email=_DEMO_MAIL)
    if others.filter(username__in=names).exists() or (
        others.exists() and not User.objects.filter(email=_DEMO_MAIL).exists()
    ):
        sys.exit(
            "This database is not the sandbox's: it has users of its own. Name another one in "
            "DATABASE_URL for the sandbox."
        )


def refuse_made_up_data() -> None:
    """Do not show made-up data as if it came from the real upstream."""
    if User.objects.filter(email=_DEMO_MAIL).exists():
        sys.exit(
            "This database holds the sandbox's made-up data and its demo users. Start with a new "
            "one: remove portal.sqlite3, or name another in DATABASE_URL."
        )


def _demo_user(name: str, *, is_superuser: bool = False) -> str:
    """A demo user with a fresh random password."""
    user, _ = User.objects.get_or_create(username=name, defaults={"email": _DEMO_MAIL})
    password = secrets.token_urlsafe(9)
    user.is_staff, user.is_superuser = True, is_superuser
    user.set_password(password)
    user.save()
    user.groups.add(Group.objects.get(name="Support"))
    return password


def _store_credentials(name: str) -> None:
    known = json.loads(_call("GET", "/sandbox/users"))
    password = next(user["password"] for user in known["users"] if user["username"] == name)
    signed_in = json.loads(
        _call(
            "POST",
            "/v2/auth/signin",
            {"username": name, "password": password},
            {"X-Api-Key": known["apiKey"], "Content-Type": "application/json"},
        )
    )
    paste(User.objects.get(username=name), known["apiKey"], signed_in["sessionToken"])


def _change_some() -> None:
    """Change some customers, so that there is a history."""
    rows = _call("GET", "/sandbox/organizations.csv").decode().splitlines()
    ids = {row.split(",")[1]: row.split(",")[0] for row in rows}
    _change(ids["Elm Park Therapy"], {"delinquent": True})
    _change(ids["Fern Hill Medical Group"], {"balance": -1250, "account_balance": -1250})
    _call("DELETE", f"/sandbox/orgs/{ids['Cedar Valley Health']}/customer")
    names = ("Elm Park Therapy", "Fern Hill Medical Group", "Cedar Valley Health")
    call_command("sync_customers", user=list(_STAFF), org=[ids[name] for name in names])


def _change(org_id: str, values: dict[str, Any]) -> None:
    opened = open_credentials(User.objects.get(username="ana").pk)
    customer = json.loads(client().get_customer(org_id, opened.secrets).body)
    _call("PUT", f"/sandbox/orgs/{org_id}/customer", customer | values)


def _call(
    method: str, path: str, body: object = None, headers: dict[str, str] | None = None
) -> bytes:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        settings.CATALYZE_BASE_URL + path, data, headers or {}, method=method
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        found: bytes = response.read()
    return found
