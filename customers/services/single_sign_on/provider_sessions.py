"""Renew portal sessions at the provider, which knows whether their user may still sign in."""

import base64
from datetime import datetime, timedelta
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from customers.models import OidcIdentity, ProviderSession
from customers.services.single_sign_on.configuration import SingleSignOn
from customers.services.single_sign_on.provider import (
    ProviderAnswer,
    renew_at_provider,
    sign_out_url,
)
from customers.services.single_sign_on.sign_in_refused import ProviderAway, SignInRefused

_SALT = "customers.provider_session"
# Ask before the time is up, so that a short absence of the provider ends no session.
_EARLY = 0.8
# Requests of one session do not renew it twice at once; some providers revoke what is used twice.
# Longer than the few calls of a renewal take.
_LEASE = timedelta(seconds=60)


def open_session(identity: OidcIdentity, answer: ProviderAnswer) -> str:
    now = timezone.now()
    ProviderSession.objects.filter(began_at__lt=now - settings.SESSION_LIFETIME).delete()
    row = ProviderSession(identity=identity, began_at=now, renewed_at=now)
    row.refresh_token = _sealed(row, answer.refresh_token)
    row.id_token = _sealed(row, answer.id_token)
    row.save(force_insert=True)
    return str(row.key)


def is_renewed(key: str) -> bool:
    """Whether the provider has confirmed the session within OIDC_RECHECK; asks it if need be."""
    sso: SingleSignOn | None = settings.OIDC
    row = _row(key)
    if sso is None or row is None or row.identity.issuer != sso.issuer:
        return False
    now = timezone.now()
    age = now - row.renewed_at
    if age < sso.recheck * _EARLY:
        return True
    refresh_token = _opened(row, row.refresh_token)
    if not refresh_token:
        return age < sso.recheck
    if not _claim(row, now):
        return True  # another request is asking; it ends the session if it must
    try:
        _store(row, renew_at_provider(sso, refresh_token, row.identity.subject))
    except ProviderAway:
        return age < sso.recheck
    except SignInRefused:
        row.delete()
        return False
    return True


def close_session(key: str, back: str) -> str:
    """Where the provider ends its own session; "" if it is away or has no such page."""
    sso, row = settings.OIDC, _row(key)
    if sso is None or row is None:
        return ""
    id_token = _opened(row, row.id_token)
    row.delete()
    try:
        return sign_out_url(sso, id_token, back)
    except (ProviderAway, SignInRefused):
        return ""


def _claim(row: ProviderSession, now: datetime) -> bool:
    untried = Q(tried_at=None) | Q(tried_at__lt=now - _LEASE)
    same = ProviderSession.objects.filter(untried, pk=row.pk, renewed_at=row.renewed_at)
    return bool(same.update(tried_at=now))


@sensitive_variables("refresh_token")
def _store(row: ProviderSession, refresh_token: str) -> None:
    ProviderSession.objects.filter(pk=row.pk).update(
        refresh_token=_sealed(row, refresh_token), renewed_at=timezone.now(), tried_at=None
    )


def _row(key: str) -> ProviderSession | None:
    try:
        found = ProviderSession.objects.filter(pk=UUID(key))
    except ValueError:
        return None
    return found.select_related("identity").first()


@sensitive_variables("text")
def _sealed(row: ProviderSession, text: str) -> bytes:
    return _fernet(row).encrypt(text.encode()) if text else b""


def _opened(row: ProviderSession, sealed: bytes | memoryview) -> str:
    """ "" also after a change of SECRET_KEY, which ends all sessions anyway."""
    try:
        return _fernet(row).decrypt(bytes(sealed)).decode() if sealed else ""
    except InvalidToken:
        return ""


def _fernet(row: ProviderSession) -> Fernet:
    """Each row has its own key, so that what is copied into another row does not open."""
    key = salted_hmac(_SALT, str(row.key), secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
