"""Who may sign in with a password of the portal (LOCAL_SIGN_IN)."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser

from customers.services.single_sign_on.configuration import OFF, ON


def password_form() -> str:
    """How the sign-in page offers a password: shown, hidden, or emergency, for one user alone."""
    return {ON: "shown", OFF: "hidden"}.get(settings.LOCAL_SIGN_IN, "emergency")


def may_use_password(user: AbstractBaseUser) -> bool:
    return settings.LOCAL_SIGN_IN == ON or is_emergency_user(user)


def is_emergency_user(user: AbstractBaseUser) -> bool:
    """Whether a sign-in with this user's password is an event and a mail."""
    return settings.LOCAL_SIGN_IN not in {ON, OFF} and user.get_username() == settings.LOCAL_SIGN_IN
