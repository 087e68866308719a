"""Mail users about account events, from a background thread (docs/decisions/0019)."""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext

from customers.models import SecurityEvent
from customers.services.accounts.language_and_zone import as_read_by

logger = logging.getLogger(__name__)
_MOST_WAITING = 100
_room = BoundedSemaphore(_MOST_WAITING)
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="security-mail")


def notify(event: SecurityEvent) -> None:
    if event.user is None or not event.user.email:
        return
    mail = _mail(event, event.user)
    transaction.on_commit(lambda: _send_later(event.code, mail), robust=True)


def notify_superusers(event: SecurityEvent) -> None:
    """Those other than the user whom it is about."""
    superusers = User.objects.filter(is_superuser=True, is_active=True).exclude(email="")
    for superuser in superusers:
        if superuser.pk == event.user_id:
            continue
        mail = _mail(event, superuser)
        transaction.on_commit(partial(_send_later, event.code, mail), robust=True)


def _mail(event: SecurityEvent, user: User) -> EmailMessage:
    """In the user's language, or in that of the page unless someone else made the change."""
    of_page = None if event.by_name else get_language()
    with as_read_by(user, of_page):
        url = f"{settings.PORTAL_URL}{reverse('sign_ins')}" if settings.PORTAL_URL else ""
        context = {"event": event, "url": url, "is_own": user.pk == event.user_id}
        text = render_to_string("mail/security.txt", context)
        subject = gettext("Billing portal: %(what)s") % {"what": event.meaning}
    headers = {"Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, text, settings.EMAIL_FROM, [user.email], headers=headers)


def _send_later(code: str, mail: EmailMessage) -> None:
    if not _room.acquire(blocking=False):
        logger.warning("Too many mails wait; one about %s was dropped.", code)
        return
    _sender.submit(_send, code, mail)


def _send(code: str, mail: EmailMessage) -> None:
    try:
        mail.send()
    except Exception as exc:  # nothing else would report it from this thread
        logger.warning("A mail about %s could not be sent: %s", code, type(exc).__name__)
    finally:
        _room.release()
