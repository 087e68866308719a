"""The users of a demo, and what tells its database from a real one."""

import secrets
import sys
from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import Group, User
from django.utils import timezone

from customers.services.accounts.support_group import SUPPORT
from customers.services.credentials.store import sign_in
from demo.sandbox_control import api_key_and_passwords

STAFF = ("ana", "ben")
_ADMIN = "admin"
# Marks demo users; a database with users but none of these is not a demo.
_DEMO_MAIL = "demo@sandbox.invalid"


def refuse_real_data() -> None:
    """Do not mix made-up organizations into a real database."""
    names = {*STAFF, _ADMIN}
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


def first_day() -> date:
    """When this demo was started first; what happens to the sandbox's customers leads up to it."""
    admin = _user(_ADMIN, is_superuser=True)
    return timezone.localdate(admin.date_joined)


def staff() -> list[User]:
    return [_user(name) for name in STAFF]


def sign_in_upstream(users: Iterable[User]) -> None:
    """Bring each their own credentials, as on the page “Your credentials”."""
    api_key, passwords = api_key_and_passwords()
    for user in users:
        name = user.get_username()
        sign_in(user, name, passwords[name], api_key, keep=False)


def new_passwords() -> str:
    """Returns sentences about how to sign in."""
    ana, ben, admin = (_new_password(name) for name in (*STAFF, _ADMIN))
    return (
        f"Sign in as ana with the password {ana}\n"
        f"        or as ben with the password {ben} (sees a different set of organizations)\n"
        f"        or as admin with the password {admin} (back office)"
    )


def _user(name: str, *, is_superuser: bool = False) -> User:
    defaults = {"email": _DEMO_MAIL, "is_staff": True, "is_superuser": is_superuser}
    user, _ = User.objects.get_or_create(username=name, defaults=defaults)
    user.groups.add(Group.objects.get(name=SUPPORT))
    return user


def _new_password(name: str) -> str:
    user = User.objects.get(username=name)
    password = secrets.token_urlsafe(9)
    user.set_password(password)
    user.save()
    return password
