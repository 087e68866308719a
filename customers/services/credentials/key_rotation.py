"""Encrypt stored credentials anew under the newest of CREDENTIAL_KEYS."""

from dataclasses import dataclass, field

from django.db import transaction

from customers.models import Credentials
from customers.services.credentials.encryption import SealBroken, is_newest, seal, unseal


@dataclass(slots=True)
class Rotation:
    rotated: int = 0
    current: int = 0  # those that were under the newest key already
    unreadable: list[str] = field(default_factory=list)  # names of users


def rotate_keys() -> Rotation:
    """Bring every row under the newest key; what no key opens stays as it is, and is named.

    One short transaction a row, so that renewals go on beside it and a run that is killed leaves
    nothing half-done; the next one finishes.
    """
    report = Rotation()
    users = Credentials.objects.order_by("user_id").values_list("user_id", flat=True)
    for user_id in list(users):
        _rotate(user_id, report)
    return report


def _rotate(user_id: int, report: Rotation) -> None:
    with transaction.atomic():
        rows = Credentials.objects.select_for_update(of=("self",)).select_related("user")
        row = rows.filter(user_id=user_id).first()
        if row is None:  # forgotten meanwhile
            return
        try:
            secrets = unseal(user_id, row.sealed)
        except SealBroken:
            report.unreadable.append(row.user.get_username())
            return
        if is_newest(row.sealed):
            report.current += 1
            return
        Credentials.objects.filter(user_id=user_id).update(sealed=seal(user_id, secrets))
        report.rotated += 1
