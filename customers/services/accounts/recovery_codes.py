"""Single-use recovery codes for a lost authenticator; only hashes are stored."""

import hashlib
import secrets
from base64 import b32encode

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from customers.models import RecoveryCode

LENGTH = 16  # characters: 80 random bits, too many to find from their hash
HOW_MANY = 10
_GROUP = 4


def make_recovery_codes(user: AbstractBaseUser) -> list[str]:
    codes = [b32encode(secrets.token_bytes(LENGTH * 5 // 8)).decode() for _ in range(HOW_MANY)]
    with transaction.atomic():
        end_recovery_codes(user)
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user_id=user.pk, digest=_digest(code)) for code in codes
        )
    return [_in_groups(code.lower()) for code in codes]


def use_recovery_code(user: AbstractBaseUser, code: str) -> bool:
    """Deleting the row makes the code single-use, for concurrent requests too."""
    rows = RecoveryCode.objects.filter(user_id=user.pk, digest=_digest(code))
    return bool(rows.delete()[0])


def recovery_codes_left(user: AbstractBaseUser) -> int:
    return RecoveryCode.objects.filter(user_id=user.pk).count()


def end_recovery_codes(user: AbstractBaseUser) -> None:
    RecoveryCode.objects.filter(user_id=user.pk).delete()


def _digest(code: str) -> str:
    return hashlib.sha256(code.upper().encode()).hexdigest()


def _in_groups(code: str) -> str:
    return "-".join(code[start : start + _GROUP] for start in range(0, LENGTH, _GROUP))
