import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from customers.models import Credentials
from customers.models.last_error import error_columns
from customers.services.credentials.call_counts import count_calls
from customers.services.credentials.catalyze_client import client
from customers.services.credentials.silence import noting_silence
from customers.services.credentials.store import (
    CredentialsUnusable,
    Opened,
    note_expired,
    note_working,
    open_credentials,
    opened_from,
    owners_of,
    version_of,
)
from customers.services.credentials.write_row import keep_secrets, note_users_id
from customers.upstream.errors import CatalyzeError, NoAnswer, SessionExpired
from customers.upstream.message import Message
from customers.upstream.secrets import Secrets

_POLL_INTERVAL = 0.1  # seconds
_GRACE = 5  # seconds that a claim outlasts the call's deadline
_renewing: defaultdict[int, threading.Lock] = defaultdict(threading.Lock)


def test_session(user: AbstractBaseUser) -> Credentials:
    """Raises CredentialsUnusable, or NoAnswer if the upstream cannot verify them."""
    opened = open_credentials(user.pk)
    count_calls(user.pk)
    try:
        with noting_silence():
            users_id = client().verify_session(opened.secrets)
    except SessionExpired as exc:
        if opened.secrets.can_renew:
            renew(opened)
        else:
            note_expired(opened, exc.message)
    else:
        note_working(opened)
        note_users_id(opened.user_id, opened.saved_at, users_id)
    return Credentials.objects.get(user_id=user.pk)


def try_out(opened: Opened) -> Opened:
    """Verify credentials that never worked, before a 400 is believed. Raises SessionExpired."""
    if opened.has_worked:
        return opened
    try:
        return verify(opened)
    except SessionExpired:
        raise
    except CatalyzeError:
        return opened


def verify(opened: Opened) -> Opened:
    """One call, which also tells whose session it is. Raises SessionExpired, or another
    CatalyzeError if the upstream cannot say."""
    count_calls(opened.user_id)
    try:
        users_id = client().verify_session(opened.secrets)
    except SessionExpired as exc:
        note_expired(opened, exc.message)
        raise
    note_working(opened)
    since = note_users_id(opened.user_id, opened.saved_at, users_id)
    return replace(opened, has_worked=True, proves_since=since or opened.proves_since)


def renew(opened: Opened) -> Opened:
    """Concurrent callers share one sign-in. Raises SessionExpired, CredentialsUnusable."""
    with _renewing[opened.user_id]:
        while True:
            current = open_credentials(opened.user_id)
            if current.saved_at != opened.saved_at:
                return current
            if version_of(current).filter(state=Credentials.State.REFUSED).exists():
                raise SessionExpired("renewal_refused")
            if not current.secrets.can_renew:
                note_expired(current, Message("session_ended"))
                raise SessionExpired("session_not_accepted")
            if _claimed(current):
                return _renew(current)
            time.sleep(_POLL_INTERVAL)  # another process is signing in, or was killed while it did


def _claimed(current: Opened) -> bool:
    """Whether this process may sign in: a refused password is never sent twice."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.CATALYZE_DEADLINE + _GRACE)
    wanted = version_of(current).exclude(state=Credentials.State.REFUSED)
    free = wanted.exclude(renewing_until__gt=now)
    return bool(free.update(renewing_until=until))


def _renew(current: Opened) -> Opened:
    secrets = current.secrets
    count_calls(current.user_id)
    try:
        signed_in = client().sign_in(secrets.username, secrets.password, secrets.api_key)
    except NoAnswer:
        version_of(current).update(renewing_until=None)
        raise
    except CatalyzeError as exc:
        version_of(current).update(
            state=Credentials.State.REFUSED,
            expired_at=timezone.now(),
            refused_at=timezone.now(),
            renewing_until=None,
            **error_columns(exc.message),
        )
        raise SessionExpired("renewal_refused") from exc
    renewed = replace(secrets, session_token=signed_in.session_token)
    with transaction.atomic():
        if version_of(current).select_for_update().exists():
            row = keep_secrets(
                current.user_id, renewed, signed_in.users_id, Credentials.State.ACTIVE
            )
            return opened_from(row, renewed)
    _sign_out(renewed)
    if owners_of([current.user_id]).get(current.user_id) != current.proves_since:
        raise CredentialsUnusable("credentials_changed")
    return open_credentials(current.user_id)  # another process was quicker


def _sign_out(secrets: Secrets) -> None:
    with suppress(CatalyzeError):
        client().sign_out(secrets)
