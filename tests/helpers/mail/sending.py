"""A mail backend that runs a test's callback while it sends."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

PATH = f"{__name__}.MailServer"


class MailServer(EmailBackend):
    meanwhile: ClassVar[Callable[[], None]] = staticmethod(lambda: None)

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        type(self).meanwhile()
        return super().send_messages(messages)
