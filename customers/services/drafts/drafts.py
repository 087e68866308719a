"""Keep a form's content for its writer alone, for half an hour."""

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from customers.models import Draft, SecurityEvent
from customers.services.accounts.security_events import record_event
from customers.services.drafts.writer import writer_of

DRAFT_LIFETIME = timedelta(minutes=30)
MOST_BYTES = 64 * 1024
MOST_DRAFTS = 20  # per user; the oldest are dropped

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    path: str
    fields: Fields


def keep_signed(signed: str, path: str, fields: Fields) -> str | None:
    """Without a session: for the writer whom the form names, if they are still active staff."""
    writer = writer_of(signed)
    if writer is None:
        return None
    user = User.objects.filter(pk=writer, is_active=True, is_staff=True).first()
    key = keep_draft(user, path, fields) if user else None
    if key:
        record_event(SecurityEvent.Code.DRAFT_KEPT, user=user)
    return key


def keep_draft(user: AbstractBaseUser, path: str, fields: Fields) -> str | None:
    """Returns the key of the draft; None if it is too large."""
    body = json.dumps(fields, ensure_ascii=False).encode(errors="surrogatepass")
    if len(path.encode()) + len(body) > MOST_BYTES:
        return None
    with transaction.atomic():
        # Serialize per user, so that MOST_DRAFTS holds.
        User.objects.select_for_update().get(pk=user.pk)
        _make_room(user)
        packed = zlib.compress(body)
        now = timezone.now()
        draft = Draft.objects.create(user_id=user.pk, path=path, fields=packed, created_at=now)
    return str(draft.key)


def waiting_draft(user: AbstractBaseUser, key: str) -> Waiting | None:
    """The user's own draft, unless it has lapsed."""
    draft = _own(user, key).filter(created_at__gt=timezone.now() - DRAFT_LIFETIME).first()
    if draft is None:
        return None
    return Waiting(
        draft.path, json.loads(zlib.decompress(draft.fields).decode(errors="surrogatepass"))
    )


def drop_draft(user: AbstractBaseUser, key: str, path: str) -> None:
    _own(user, key).filter(path=path).delete()


def lapsed_drafts(now: datetime) -> QuerySet[Draft]:
    return Draft.objects.filter(created_at__lte=now - DRAFT_LIFETIME)


def _drafts_of(user: AbstractBaseUser) -> QuerySet[Draft]:
    return Draft.objects.filter(user_id=user.pk)


def _make_room(user: AbstractBaseUser) -> None:
    latest = _drafts_of(user).order_by("-created_at").values_list("pk", flat=True)
    kept = list(latest[: MOST_DRAFTS - 1])
    lapsed_drafts(timezone.now()).delete()
    _drafts_of(user).exclude(pk__in=kept).delete()


def _own(user: AbstractBaseUser, key: str) -> QuerySet[Draft]:
    try:
        return _drafts_of(user).filter(pk=UUID(key))
    except ValueError:
        return Draft.objects.none()
