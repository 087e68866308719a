"""A second factor of a user: a time-based code from a device of theirs (django-otp)."""

import time
from base64 import b32encode

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from customers.models import SecurityEvent
from customers.services.accounts.account_changes import note_account_change
from customers.services.accounts.recovery_codes import end_recovery_codes

_TOLERANCE = 1  # time steps before and after the present one


def factor_of(user: AbstractBaseUser) -> int | None:
    """What tells the user's present factor from a former or later one; None without any."""
    devices = TOTPDevice.objects.filter(user_id=user.pk, confirmed=True)
    key: int | None = devices.values_list("pk", flat=True).first()
    return key


def new_secret() -> str:
    return str(random_hex())


def secret_in_words(secret: str) -> str:
    """The secret as people type it into an authenticator."""
    text = b32encode(bytes.fromhex(secret)).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def setup_url(user: AbstractBaseUser, secret: str) -> str:
    """What an authenticator reads from the QR code."""
    return str(TOTPDevice(user=user, key=secret).config_url)


def confirm_setup(user: AbstractBaseUser, secret: str, code: str) -> int | None:
    """The new factor if `code` is of that secret and there is none yet; the code is used up."""
    totp = TOTP(bytes.fromhex(secret))
    totp.time = time.time()
    with transaction.atomic():
        get_user_model().objects.select_for_update().get(pk=user.pk)  # one set-up at a time
        is_right = code.isdecimal() and totp.verify(int(code), tolerance=_TOLERANCE)
        if not is_right or factor_of(user):
            return None
        device = TOTPDevice.objects.create(
            user_id=user.pk, name="authenticator", key=secret, last_t=totp.t(), drift=totp.drift
        )
    return int(device.pk)


def is_right(user: AbstractBaseUser, code: str) -> bool:
    """Whether `code` is valid now. It is valid once, however many try it at the same time."""
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update()
        device = devices.filter(user_id=user.pk, confirmed=True).first()
        return device is not None and bool(device.verify_token(code))


def remove_second_factor(user: AbstractBaseUser, *, session_key: str | None = None) -> bool:
    """Remove it with its recovery codes; whether there was one. Only the named session stays."""
    with transaction.atomic():
        was_there = bool(TOTPDevice.objects.filter(user_id=user.pk).delete()[0])
        end_recovery_codes(user)
        if was_there:
            note_account_change(user, SecurityEvent.Code.FACTOR_REMOVED, session_key=session_key)
    return was_there
