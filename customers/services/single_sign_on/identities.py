"""Which user a subject of the provider is: by issuer and subject alone, never by e-mail or name."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import OidcIdentity, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.local_sign_in import may_use_password

_Code = SecurityEvent.Code


class AlreadyConnected(Exception):
    """The subject belongs to another user."""


def identity_of(user: User, sso: SingleSignOn) -> OidcIdentity | None:
    return OidcIdentity.objects.filter(user_id=user.pk, issuer=sso.issuer).first()


def identity_by_subject(sso: SingleSignOn, subject: str) -> OidcIdentity | None:
    found = OidcIdentity.objects.filter(issuer=sso.issuer, subject=subject)
    return found.select_related("user").first()


def connect(user: User, sso: SingleSignOn, subject: str) -> OidcIdentity:
    """Replaces an earlier connection of the user. Raises AlreadyConnected."""
    known = identity_by_subject(sso, subject)
    if known is not None:
        if known.user_id != user.pk:
            raise AlreadyConnected
        return known
    try:
        with transaction.atomic():
            _all_of(user, sso).delete()
            made = OidcIdentity.objects.create(
                user=user, issuer=sso.issuer, subject=subject, linked_at=timezone.now()
            )
            notify(record_event(_Code.IDENTITY_LINKED, user=user, detail={"issuer": sso.issuer}))
    except IntegrityError as exc:  # another request connected the same subject just now
        raise AlreadyConnected from exc
    return made


def disconnect(user: User, sso: SingleSignOn) -> bool:
    """Ends the sessions that began at the provider, too. False if there was no connection."""
    with transaction.atomic():
        was_connected = bool(_all_of(user, sso).delete()[0])
        if was_connected:
            detail = {"issuer": sso.issuer}
            notify(record_event(_Code.IDENTITY_UNLINKED, user=user, detail=detail))
    return was_connected


def note_signed_in(identity: OidcIdentity) -> None:
    identity.last_signed_in_at = timezone.now()
    identity.save(update_fields=["last_signed_in_at"])


def has_signed_in_within(user: User, sso: SingleSignOn, span: timedelta) -> bool:
    """Users who are not connected need not, as long as they can sign in here."""
    identity = identity_of(user, sso)
    if identity is None:
        return may_use_password(user)
    latest = identity.last_signed_in_at
    return latest is not None and latest > timezone.now() - span


def _all_of(user: User, sso: SingleSignOn) -> QuerySet[OidcIdentity]:
    return OidcIdentity.objects.filter(user_id=user.pk, issuer=sso.issuer)
