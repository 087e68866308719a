from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event


class PasswordChangeRecorder:
    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        return

    def get_help_text(self) -> str:
        return gettext("The change is listed under “Recent sign-ins”.")

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        if user is not None:
            record_event(SecurityEvent.Code.PASSWORD_CHANGED, user=user)
