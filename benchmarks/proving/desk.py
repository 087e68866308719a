"""The portal's side of benchmarks.team, within `manage.py shell`."""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import DateTimeField, F, Model

from customers.models import (
    Access,
    Credentials,
    Customer,
    ListedUser,
    Organization,
    PermissionList,
)
from customers.services.credentials.store import sign_in

API_KEY = "browser benchmarks.invalid 0123456789abcdef"
_PROOFS: tuple[type[Model], ...] = (Access, PermissionList, ListedUser)


def fill(users: int, organizations: int) -> None:
    """People who have signed in with Catalyze, and organizations that nothing is known of."""
    for number in range(users):
        user = User.objects.create(username=f"person-{number}", is_staff=True)
        sign_in(user, user.username, "the password of everybody", API_KEY, keep=False)
    Organization.objects.bulk_create(
        [Organization(org_id=f"org-{number:07}") for number in range(organizations)],
        batch_size=1000,
    )


def let_time_pass() -> None:
    """More than half of ACCESS_PROOF_TTL since everything happened."""
    ages = settings.ACCESS_PROOF_TTL / 2 + timedelta(minutes=1)
    models: tuple[type[Model], ...] = (*_PROOFS, Customer, Credentials)
    for model in models:
        moments = [
            field.name for field in model._meta.concrete_fields if isinstance(field, DateTimeField)
        ]
        model._default_manager.update(**{name: F(name) - ages for name in moments})


def print_proofs() -> None:
    """The rows of proofs, and their bytes with indexes."""
    rows = {model._meta.db_table: model._default_manager.count() for model in _PROOFS}
    print(json.dumps({"rows": sum(rows.values()), "bytes": sum(map(_bytes, rows))}))


def _bytes(table: str) -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        else:
            cursor.execute(
                "SELECT SUM(pgsize) FROM dbstat WHERE name IN"
                " (SELECT name FROM sqlite_schema WHERE tbl_name = %s)",
                [table],
            )
        (size,) = cursor.fetchone() or (0,)
    return int(size or 0)
