"""The tokens of users, without their text."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from customers.models import ApiToken
from customers.services.tokens.token_events import note_revoked


def all_tokens() -> QuerySet[ApiToken]:
    return ApiToken.objects.all()


def tokens_of(user: AbstractBaseUser) -> QuerySet[ApiToken]:
    """Latest first, ended ones too."""
    return all_tokens().filter(user_id=user.pk)


def unended(tokens: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    return tokens.filter(revoked_at=None, expires_at__gt=timezone.now())


def ended(tokens: QuerySet[ApiToken]) -> QuerySet[ApiToken]:
    return tokens.exclude(revoked_at=None, expires_at__gt=timezone.now())


def token_of(user: AbstractBaseUser, key: int) -> ApiToken | None:
    return tokens_of(user).filter(pk=key).first()


def token_state(row: ApiToken, *, works: bool) -> str:
    """As commands name it. `works`: what tokens_work() says of its user."""
    if row.revoked_at:
        return "revoked"
    if row.expires_at <= timezone.now():
        return "expired"
    return "active" if works else "suspended"


def old_tokens(before: datetime) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


def revoke(tokens: Iterable[ApiToken]) -> int:
    """How many of them were not revoked yet."""
    return sum(_revoke(row) for row in tokens)


@transaction.atomic
def _revoke(row: ApiToken) -> bool:
    unrevoked = ApiToken.objects.filter(pk=row.pk, revoked_at=None)
    if not unrevoked.update(revoked_at=timezone.now()):
        return False
    note_revoked(row.user, row)
    return True
