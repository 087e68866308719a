"""Save, open and delete a user's own credentials, and record whether they work."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Access, Credentials, LastViewed, ListedUser, SecurityEvent
from customers.models.last_error import error_columns
from customers.services.access.kept_figures import forget_figures
from customers.services.accounts.account_changes import Doer, Unconfirmed, note_account_change
from customers.services.accounts.passwords import begin_catalyze_sign_in, begin_paste, note_failure
from customers.services.accounts.security_events import record_event
from customers.services.credentials.call_counts import count_calls
from customers.services.credentials.catalyze_client import client
from customers.services.credentials.encryption import SealBroken, unseal
from customers.services.credentials.silence import noting_silence
from customers.services.credentials.write_row import is_same_user, keep_secrets
from customers.upstream.errors import AccessDenied, CatalyzeError, SessionExpired
from customers.upstream.message import Message, MessageError
from customers.upstream.secrets import Secrets, clean_api_key, clean_session_token

_Code = SecurityEvent.Code
_COMMAND = Doer()
_NO_ERROR = Message()
SESSION_ENDED = Message("your_session_ended")


class CredentialsUnusable(MessageError):
    """The user has no credentials, or they cannot be opened."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Decrypted secrets, with what identifies their row's version and owner."""

    user_id: int
    secrets: Secrets
    saved_at: datetime
    proves_since: datetime
    has_worked: bool


def open_credentials(user_id: int) -> Opened:
    """Raises CredentialsUnusable."""
    row = Credentials.objects.filter(user_id=user_id).first()
    if row is None:
        raise CredentialsUnusable("no_credentials")
    try:
        return opened_from(row, unseal(user_id, row.sealed))
    except SealBroken as exc:
        raise CredentialsUnusable(exc.message.code) from exc


def opened_from(row: Credentials, secrets: Secrets) -> Opened:
    return Opened(
        row.user_id, secrets, row.saved_at, row.proves_since, has_worked=row.proved_at is not None
    )


def save_pasted(user: AbstractBaseUser, api_key: str, session_token: str) -> Credentials:
    """Without asking the upstream. Raises BadSecret."""
    secrets = Secrets(clean_api_key(api_key), clean_session_token(session_token))
    return _store(user, secrets, "", Credentials.State.UNCHECKED, _COMMAND)


def paste(
    user: AbstractBaseUser, api_key: str, session_token: str, doer: Doer = _COMMAND
) -> Credentials:
    """Store a pasted key and token unless the upstream refuses them; untested if it cannot say.
    Raises BadSecret, SessionExpired, Unconfirmed or Paused, and then changes nothing."""
    secrets = Secrets(clean_api_key(api_key), clean_session_token(session_token))
    attempt = begin_paste(user)
    try:
        with noting_silence():
            users_id = client().verify_session(secrets)
    except SessionExpired as exc:
        note_failure(attempt, _Code.CREDENTIALS_REFUSED, _Code.CREDENTIALS_PAUSED, user=user)
        raise SessionExpired("pasted_not_accepted") from exc
    except CatalyzeError as exc:
        attempt.take_back()
        row = _store(user, secrets, "", Credentials.State.UNCHECKED, doer, last_error=exc.message)
    else:
        attempt.succeeded()
        row = _store(user, secrets, users_id, Credentials.State.ACTIVE, doer)
    count_calls(user.pk)
    return row


def sign_in(
    user: AbstractBaseUser,
    username: str,
    password: str,
    api_key: str,
    *,
    keep: bool,
    doer: Doer = _COMMAND,
) -> Credentials:
    """Open a session upstream and store it; the password only with `keep`.
    Raises BadSecret, AccessDenied, NoAnswer, Unconfirmed or Paused, and then changes nothing."""
    if keep and not doer.is_confirmed:
        raise Unconfirmed
    key = clean_api_key(api_key or _stored_api_key(user.pk))
    attempt = begin_catalyze_sign_in(user, username)
    try:
        with noting_silence():
            signed_in = client().sign_in(username, password, key)
    except AccessDenied:
        codes = _Code.CREDENTIALS_REFUSED, _Code.CREDENTIALS_PAUSED
        note_failure(attempt, *codes, user=user, typed_name=username)
        raise
    except CatalyzeError:
        attempt.take_back()
        raise
    attempt.succeeded()
    secrets = Secrets(key, signed_in.session_token)
    if keep:
        secrets = replace(secrets, username=username, password=password)
    count_calls(user.pk)
    try:
        return _store(user, secrets, signed_in.users_id, Credentials.State.ACTIVE, doer)
    except Unconfirmed:
        with suppress(CatalyzeError):  # unused, so it may also time out
            client().sign_out(secrets)
        raise


def forget(user: AbstractBaseUser) -> Message:
    """Also their proofs. Returns why the session could not be ended upstream, if so."""
    trouble = Message()
    try:
        client().sign_out(open_credentials(user.pk).secrets)
    except (CredentialsUnusable, SessionExpired):
        pass
    except CatalyzeError as exc:
        trouble = exc.message
    with transaction.atomic():
        deleted, _ = Credentials.objects.filter(user_id=user.pk).delete()
        Access.objects.filter(user_id=user.pk).delete()
        ListedUser.objects.filter(user_id=user.pk).delete()
        LastViewed.objects.filter(user_id=user.pk).delete()
        forget_figures(user.pk)
        if deleted:
            record_event(_Code.CREDENTIALS_DELETED, user=user)
    return trouble


def owners_of(user_ids: Iterable[int]) -> dict[int, datetime]:
    """When each user's credentials began to belong to their present upstream user."""
    rows = Credentials.objects.filter(user_id__in=list(user_ids))
    return dict(rows.values_list("user_id", "proves_since"))


def stored_credentials(user: AbstractBaseUser) -> Credentials | None:
    return Credentials.objects.filter(user_id=user.pk).first()


def has_ended(user: AbstractBaseUser) -> bool:
    row = stored_credentials(user)
    return row is not None and not row.may_ask


def may_ask(user: AbstractBaseUser) -> bool:
    row = stored_credentials(user)
    return row is not None and row.may_ask


def note_working(opened: Opened) -> None:
    version_of(opened).update(
        state=Credentials.State.ACTIVE,
        proved_at=timezone.now(),
        expired_at=None,
        **error_columns(_NO_ERROR),
    )


def note_expired(opened: Opened, error: Message) -> None:
    """Only this version: a newer one may work."""
    version_of(opened).exclude(state=Credentials.State.REFUSED).update(
        state=Credentials.State.EXPIRED,
        expired_at=timezone.now(),
        refused_at=timezone.now(),
        **error_columns(error),
    )


def version_of(opened: Opened) -> QuerySet[Credentials]:
    return Credentials.objects.filter(user_id=opened.user_id, saved_at=opened.saved_at)


def _stored_api_key(user_id: int) -> str:
    try:
        return open_credentials(user_id).secrets.api_key
    except CredentialsUnusable:
        return ""


def _store(
    user: AbstractBaseUser,
    secrets: Secrets,
    users_id: str,
    state: str,
    doer: Doer,
    *,
    last_error: Message = _NO_ERROR,
) -> Credentials:
    """Store what the user typed, and guard changes that could let somebody else in."""
    with transaction.atomic():
        before = Credentials.objects.select_for_update().filter(user_id=user.pk).first()
        is_another = before is not None and not is_same_user(before, secrets, users_id)
        is_guarded = is_another or secrets.can_renew
        if is_guarded and not doer.is_confirmed:
            raise Unconfirmed
        row = keep_secrets(user.pk, secrets, users_id, state, last_error=last_error)
        code = _Code.CREDENTIALS_REPLACED if before else _Code.CREDENTIALS_STORED
        if is_guarded:
            note_account_change(user, code, session_key=doer.session_key)
        else:
            record_event(code, user=user)
    return row
