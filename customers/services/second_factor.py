"""A second factor of a user: a time-based code from a device of theirs (django-otp)."""

from base64 import b32encode

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp.plugins.otp_totp.models import TOTPDevice


def has_second_factor(user: AbstractBaseUser) -> bool:
    return bool(TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).exists())


def begin_setup(user: AbstractBaseUser) -> TOTPDevice:
    """A device that counts once a code of it has been entered; one that was begun is used again."""
    device, _ = TOTPDevice.objects.get_or_create(
        user_id=user.pk, confirmed=False, defaults={"name": "authenticator"}
    )
    return device


def setup_in_hand(user: AbstractBaseUser) -> TOTPDevice | None:
    """The device that was begun and not confirmed yet, if there is one."""
    device: TOTPDevice | None = TOTPDevice.objects.filter(user_id=user.pk, confirmed=False).first()
    return device


def secret_of(device: TOTPDevice) -> str:
    """The secret as people type it into an authenticator."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def confirm_setup(user: AbstractBaseUser, code: str) -> bool:
    """Whether `code` is of the device that was begun; from then on it is asked for at sign-in."""
    with transaction.atomic():
        device = _locked(user, confirmed=False)
        if device is None or not device.verify_token(code):
            return False
        TOTPDevice.objects.filter(user_id=user.pk, confirmed=True).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
    return True


def is_right(user: AbstractBaseUser, code: str) -> bool:
    """Whether `code` is valid now. It is valid once; wrong ones make the next wait longer."""
    with transaction.atomic():
        device = _locked(user, confirmed=True)
        return device is not None and bool(device.verify_token(code))


def remove_second_factor(user: AbstractBaseUser) -> bool:
    """Whether there was one."""
    return bool(TOTPDevice.objects.filter(user_id=user.pk).delete()[0])


def _locked(user: AbstractBaseUser, *, confirmed: bool) -> TOTPDevice | None:
    devices = TOTPDevice.objects.select_for_update().filter(user_id=user.pk, confirmed=confirmed)
    device: TOTPDevice | None = devices.first()
    return device
