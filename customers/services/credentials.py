"""Save, open, test, renew and forget a user's own credentials."""

import threading
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Access, Credentials
from customers.services.sealing import SealBroken, seal, unseal
from customers.services.upstream import client
from customers.upstream.errors import CatalyzeError, NoAnswer, SessionExpired
from customers.upstream.secrets import Secrets, clean_api_key, clean_session_token

_renewing: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)


class CredentialsUnusable(Exception):
    """The user has no credentials, or they cannot be opened; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Secrets taken from their row, with what identifies that row's version."""

    user_id: int
    secrets: Secrets
    saved_at: datetime


def open_credentials(user_id: int) -> Opened:
    """What `user_id` asks the upstream with; CredentialsUnusable if there is nothing to use."""
    row = Credentials.objects.filter(user_id=user_id).first()
    if row is None:
        raise CredentialsUnusable("No credentials are stored; sign in with Catalyze first.")
    try:
        return Opened(user_id, unseal(user_id, row.sealed), row.saved_at)
    except SealBroken as exc:
        raise CredentialsUnusable(f"{exc} Save the credentials again.") from exc


def save_pasted(user: AbstractBaseUser, api_key: str, session_token: str) -> Credentials:
    """Store a pasted key and token, untested. Raises BadSecret if they cannot be sent."""
    secrets = Secrets(clean_api_key(api_key), clean_session_token(session_token))
    return _save(user.pk, secrets, users_id="", state=Credentials.State.UNCHECKED)


def paste(user: AbstractBaseUser, api_key: str, session_token: str) -> Credentials:
    """Store a pasted key and token unless the upstream refuses them.

    Raises BadSecret or SessionExpired, and then what was stored before stays. While the upstream
    cannot say (down, or without that route), they are stored as not tested yet.
    """
    secrets = Secrets(clean_api_key(api_key), clean_session_token(session_token))
    try:
        users_id = client().verify(secrets)
    except SessionExpired:
        raise
    except CatalyzeError as exc:
        return _save(user.pk, secrets, "", Credentials.State.UNCHECKED, last_error=str(exc))
    return _save(user.pk, secrets, users_id, Credentials.State.ACTIVE)


def sign_in(
    user: AbstractBaseUser, username: str, password: str, api_key: str, *, keep: bool
) -> Credentials:
    """Open a session upstream and store it; the password too only if `keep`.

    An empty `api_key` uses the stored one. Raises BadSecret, AccessDenied or NoAnswer, and then
    what was stored before stays.
    """
    key = clean_api_key(api_key or _stored_api_key(user.pk))
    signed_in = client().sign_in(username, password, key)
    secrets = Secrets(key, signed_in.session_token)
    if keep:
        secrets = replace(secrets, username=username, password=password)
    return _save(user.pk, secrets, signed_in.users_id, Credentials.State.ACTIVE)


def test(user: AbstractBaseUser) -> Credentials:
    """Ask the upstream whether the session is valid, and note the answer.

    Raises CredentialsUnusable without credentials, NoAnswer while the upstream cannot say.
    """
    opened = open_credentials(user.pk)
    try:
        client().verify(opened.secrets)
    except SessionExpired as exc:
        if opened.secrets.can_renew:
            renew(opened)
        else:
            note_expired(opened, str(exc))
    else:
        note_working(opened)
    return Credentials.objects.get(user_id=user.pk)


def renew(opened: Opened) -> Opened:
    """Sign in again with the stored name and password; many callers, one sign-in.

    Raises SessionExpired if the user did not opt in or the sign-in is refused.
    """
    with _renewing[opened.user_id]:
        current = open_credentials(opened.user_id)
        if current.saved_at != opened.saved_at:
            return current
        if not current.secrets.can_renew:
            note_expired(current, "The session ended; sign in again.")
            raise SessionExpired("Catalyze no longer accepts the session; sign in again.")
        return _renew(current)


def forget(user: AbstractBaseUser) -> str:
    """Delete the credentials and what they proved, and end the session upstream.

    Returns a sentence if the session could not be ended there, else an empty text.
    """
    trouble = ""
    try:
        client().sign_out(open_credentials(user.pk).secrets)
    except (CredentialsUnusable, SessionExpired):
        pass
    except CatalyzeError as exc:
        trouble = f"{exc} The session may stay open at Catalyze until it times out."
    with transaction.atomic():
        Credentials.objects.filter(user_id=user.pk).delete()
        Access.objects.filter(user_id=user.pk).delete()
    return trouble


def note_working(opened: Opened) -> None:
    """Note that the upstream accepted this version of the credentials just now."""
    _version(opened).update(
        state=Credentials.State.ACTIVE,
        proved_at=timezone.now(),
        expired_at=None,
        last_error="",
    )


def note_expired(opened: Opened, error: str) -> None:
    """Note that the upstream refused this version; a newer one is left alone."""
    _version(opened).update(
        state=Credentials.State.EXPIRED, expired_at=timezone.now(), last_error=error
    )


def _version(opened: Opened) -> QuerySet[Credentials]:
    return Credentials.objects.filter(user_id=opened.user_id, saved_at=opened.saved_at)


def _renew(current: Opened) -> Opened:
    secrets = current.secrets
    try:
        signed_in = client().sign_in(secrets.username, secrets.password, secrets.api_key)
    except NoAnswer:
        raise
    except CatalyzeError as exc:
        _version(current).update(
            state=Credentials.State.REFUSED, expired_at=timezone.now(), last_error=str(exc)
        )
        raise SessionExpired("The stored user name and password were refused.") from exc
    renewed = replace(secrets, session_token=signed_in.session_token)
    row = _save(current.user_id, renewed, signed_in.users_id, Credentials.State.ACTIVE)
    return Opened(current.user_id, renewed, row.saved_at)


def _stored_api_key(user_id: int) -> str:
    try:
        return open_credentials(user_id).secrets.api_key
    except CredentialsUnusable:
        return ""


def _save(
    user_id: int, secrets: Secrets, users_id: str, state: str, *, last_error: str = ""
) -> Credentials:
    now = timezone.now()
    with transaction.atomic():
        before = Credentials.objects.select_for_update().filter(user_id=user_id).first()
        same_user = before is not None and _is_same_user(before, secrets, users_id)
        row, _ = Credentials.objects.update_or_create(
            user_id=user_id,
            defaults={
                "sealed": seal(user_id, secrets),
                "state": state,
                "renews_itself": secrets.can_renew,
                "users_id": users_id or (before.users_id if before and same_user else ""),
                "saved_at": now,
                "proves_since": before.proves_since if before and same_user else now,
                "proved_at": now if state == Credentials.State.ACTIVE else None,
                "expired_at": None,
                "last_error": last_error,
            },
        )
    return row


def _is_same_user(before: Credentials, secrets: Secrets, users_id: str) -> bool:
    """Whether the new secrets surely are the same upstream user's as the stored ones."""
    if users_id:
        return users_id == before.users_id
    try:
        old = unseal(before.user_id, before.sealed)
    except SealBroken:
        return False
    return (old.api_key, old.session_token) == (secrets.api_key, secrets.session_token)
