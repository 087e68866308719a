"""Write a user's credentials, and drop their proofs if they may belong to another upstream user."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from customers.models import Access, Credentials, ListedUser
from customers.models.last_error import error_columns
from customers.services.access.clock_ahead import latest_credible
from customers.services.access.kept_figures import forget_figures
from customers.services.credentials.encryption import SealBroken, seal, unseal
from customers.upstream.message import Message
from customers.upstream.secrets import Secrets

_NO_ERROR = Message()


def keep_secrets(
    user_id: int, secrets: Secrets, users_id: str, state: str, *, last_error: Message = _NO_ERROR
) -> Credentials:
    with transaction.atomic():
        before = Credentials.objects.select_for_update().filter(user_id=user_id).first()
        # Only now: what was stored while this waited belongs to the former credentials.
        now = timezone.now()
        same_user = before is not None and _stays(before, secrets, users_id)
        if not same_user:
            _drop_former_proofs(user_id, now)
        row, _ = Credentials.objects.update_or_create(
            user_id=user_id,
            defaults={
                "sealed": seal(user_id, secrets),
                "state": state,
                "renews_itself": secrets.can_renew,
                "users_id": users_id or (before.users_id if before and same_user else ""),
                "users_id_returned_at": _returned_at(before if same_user else None, users_id, now),
                "saved_at": now,
                "proves_since": before.proves_since if before and same_user else now,
                "proved_at": now if state == Credentials.State.ACTIVE else None,
                "expired_at": None,
                "refused_at": before.refused_at if before and same_user else None,
                "renewing_until": None,
                **error_columns(last_error),
            },
        )
        forget_figures(user_id)
    return row


def note_users_id(user_id: int, saved_at: datetime, users_id: str) -> datetime | None:
    """What Catalyze says about whose session this is; "" if it does not say. Returns since when
    these credentials prove anything; None if they were replaced."""
    with transaction.atomic():
        rows = Credentials.objects.select_for_update().filter(user_id=user_id, saved_at=saved_at)
        if (row := rows.first()) is None:
            return None
        if users_id and not (row.users_id_returned_at and row.users_id == users_id):
            now = timezone.now()
            if row.users_id not in {"", users_id}:  # another one's: what was proved is void
                _drop_former_proofs(user_id, now)
                row.proves_since = now
            row.users_id, row.users_id_returned_at = users_id, now
            row.save(update_fields=["users_id", "users_id_returned_at", "proves_since"])
        return row.proves_since


def _returned_at(before: Credentials | None, users_id: str, now: datetime) -> datetime | None:
    """`before` are the former credentials of the same upstream user."""
    known = before.users_id_returned_at if before else None
    return known or (now if users_id else None)


def _drop_former_proofs(user_id: int, now: datetime) -> None:
    """All by lists, which another usersId may be on only since the next one. Of own proofs those in
    the future: after a clock was set back, they would look as if the new credentials gave them."""
    late = Q(proved_at__gte=now) | Q(customer_sent_at__gte=now)
    Access.objects.filter(late, user_id=user_id).delete()
    ListedUser.objects.filter(user_id=user_id).delete()


def _stays(before: Credentials, secrets: Secrets, users_id: str) -> bool:
    """Whether former proofs stay. If the credentials began in the future, by a clock that was set
    back, no proof would count until then: they begin now."""
    return before.proves_since <= latest_credible() and is_same_user(before, secrets, users_id)


def is_same_user(before: Credentials, secrets: Secrets, users_id: str) -> bool:
    """Only if it is certain."""
    if users_id:
        return users_id == before.users_id
    try:
        old = unseal(before.user_id, before.sealed)
    except SealBroken:
        return False
    return (old.api_key, old.session_token) == (secrets.api_key, secrets.session_token)
