from dataclasses import dataclass, field

from django.db import transaction

from customers.models import Credentials
from customers.services.credentials.encryption import SealBroken, is_newest, seal, unseal


@dataclass(slots=True)
class Rotation:
    rotated: int = 0
    current: int = 0  # already under the newest key
    unreadable: list[str] = field(default_factory=list)  # usernames


def rotate_keys() -> Rotation:
    """In short transactions: renewals are not blocked, and a killed run can be repeated."""
    report = Rotation()
    users = Credentials.objects.order_by("user_id").values_list("user_id", flat=True)
    for user_id in list(users):
        _rotate(user_id, report)
    return report


def _rotate(user_id: int, report: Rotation) -> None:
    with transaction.atomic():
        rows = Credentials.objects.select_for_update(of=("self",)).select_related("user")
        row = rows.filter(user_id=user_id).first()
        if row is None:  # deleted in the meantime
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
