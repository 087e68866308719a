"""Second factors: time-based codes from an authenticator (django-otp)."""

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

_TOLERANCE = 1  # time steps before and after the current one


def factor_of(user: AbstractBaseUser) -> int | None:
    devices = TOTPDevice.objects.filter(user_id=user.pk, confirmed=True)
    key: int | None = devices.values_list("pk", flat=True).first()
    return key


def new_secret() -> str:
    return str(random_hex())


def secret_in_words(secret: str) -> str:
    text = b32encode(bytes.fromhex(secret)).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def setup_url(user: AbstractBaseUser, secret: str) -> str:
    return str(TOTPDevice(user=user, key=secret).config_url)


def confirm_setup(user: AbstractBaseUser, secret: str, code: str) -> int | None:
    """The new factor, or None if the code is wrong or there is a factor already."""
    totp = TOTP(bytes.fromhex(secret))
    totp.time = time.time()
    with transaction.atomic():
        # One setup at a time.
        get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        is_right = code.isdecimal() and totp.verify(int(code), tolerance=_TOLERANCE)
        if not is_right or factor_of(user):
            return None
        device = TOTPDevice.objects.create(
            user_id=user.pk, name="authenticator", key=secret, last_t=totp.t(), drift=totp.drift
        )
    return int(device.pk)


def is_right(user: AbstractBaseUser, code: str) -> bool:
    with transaction.atomic():
        devices = TOTPDevice.objects.select_for_update()
        device = devices.filter(user_id=user.pk, confirmed=True).first()
        return device is not None and bool(device.verify_token(code))


def remove_second_factor(user: AbstractBaseUser, *, session_key: str | None = None) -> bool:
    """Also end recovery codes and all sessions but `session_key`. False without a factor."""
    with transaction.atomic():
        was_there = bool(TOTPDevice.objects.filter(user_id=user.pk).delete()[0])
        end_recovery_codes(user)
        if was_there:
            note_account_change(user, SecurityEvent.Code.FACTOR_REMOVED, session_key=session_key)
    return was_there
