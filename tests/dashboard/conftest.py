"""What tests of several pages share."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMessage

_PATIENCE = 10  # seconds

Mailed = Callable[[], AbstractContextManager[list[EmailMessage]]]


@pytest.fixture
def mailed(ana: User, django_capture_on_commit_callbacks) -> Mailed:
    """What is mailed inside `with mailed() as mails:`, once it has ended."""
    User.objects.filter(pk=ana.pk).update(email="ana@staff.example")

    @contextmanager
    def watch() -> Iterator[list[EmailMessage]]:
        before = len(mail.outbox)
        mails: list[EmailMessage] = []
        with django_capture_on_commit_callbacks(execute=True) as callbacks:
            yield mails
        until = time.monotonic() + _PATIENCE
        while len(mail.outbox) < before + len(callbacks):  # they go out in a thread of their own
            assert time.monotonic() < until, "a mail did not go out"
            time.sleep(0.01)
        mails += mail.outbox[before:]

    return watch
