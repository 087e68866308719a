"""Invite a colleague: an account without a password, and a link that sets one, once."""

import logging
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext

from customers.models import SecurityEvent
from customers.services.accounts.language_and_zone import as_read_by, choose_language_and_zone
from customers.services.accounts.permission_changes import recording_permissions
from customers.services.accounts.security_events import record_event

logger = logging.getLogger(__name__)
_BACKENDS = "django.core.mail.backends."
# A link in the output of a server would be read by others, so nothing is sent there.
_NOWHERE = {f"{_BACKENDS}console.EmailBackend", f"{_BACKENDS}dummy.EmailBackend"}
_INTO_FILES = {"customers.services.operations.mail_files.EmailBackend"}


class InvitationTokens(PasswordResetTokenGenerator):
    """Tokens end with the first password, with another address, and after a while."""

    key_salt = "customers.invitation"


invitation_tokens = InvitationTokens()


@dataclass(frozen=True, slots=True)
class Invitation:
    """`is_mailed`: whether a mail server took it; otherwise somebody has to hand over the link."""

    user: User
    url: str
    is_mailed: bool


def add_colleague(user: User, group: Group | None, *, language: str, time_zone: str) -> None:
    user.is_staff = True
    user.set_unusable_password()
    with transaction.atomic(), recording_permissions(user):
        user.save()
        user.groups.set([group] if group else [])
        choose_language_and_zone(user, language=language, time_zone=time_zone)


def is_invitable(user: User) -> bool:
    """Whoever has a password, or may not open pages, needs no link."""
    return user.is_active and user.is_staff and not user.has_usable_password()


def invite(user: User, by: AbstractBaseUser, portal: str) -> Invitation:
    """Mail a new link, and end earlier ones. `portal` is the start of its address."""
    with transaction.atomic():
        user.set_unusable_password()  # a random one, which earlier links do not fit
        user.save(update_fields=["password"])
        record_event(SecurityEvent.Code.INVITED, user=user)
    place = [urlsafe_base64_encode(force_bytes(user.pk)), invitation_tokens.make_token(user)]
    url = f"{settings.PORTAL_URL or portal}{reverse('accept_invitation', args=place)}"
    return Invitation(user, url, _is_mailed(user, by, url))


def _is_mailed(user: User, by: AbstractBaseUser, url: str) -> bool:
    if not user.email or settings.EMAIL_BACKEND in _NOWHERE:
        return False
    try:
        _mail(user, by, url).send()
    except (OSError, SMTPException) as exc:
        logger.warning("An invitation could not be sent: %s", type(exc).__name__)
        return False
    return settings.EMAIL_BACKEND not in _INTO_FILES


def _mail(user: User, by: AbstractBaseUser, url: str) -> EmailMessage:
    days = settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60)
    with as_read_by(user):
        context = {"invited": user, "by": by, "url": url, "days": days}
        text = render_to_string("mail/invitation.txt", context)
        subject = gettext("Your account for the billing portal")
    return EmailMessage(subject, text, settings.EMAIL_FROM, [user.email])
