from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from customers.models import ApiToken
from customers.services.tokens.scopes import Scope
from customers.services.tokens.token_events import note_created
from customers.services.tokens.token_text import digest_of, new_token_text


class TooLong(ValueError):
    """The token would outlast API_TOKEN_MAX_AGE, or end at once."""


class AlreadyMade(Exception):
    """This form has made its token before."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """`text` is known only now: the row holds its hash."""

    row: ApiToken
    text: str = field(repr=False)


@sensitive_variables("text")
def make_token(
    user: AbstractBaseUser,
    name: str,
    scopes: Iterable[str],
    lasts: timedelta,
    *,
    addresses: Sequence[str] = (),
    form_key: UUID | None = None,
) -> NewToken:
    """Raises TooLong, and AlreadyMade if there is a token with this `form_key`."""
    if not timedelta(0) < lasts <= settings.API_TOKEN_MAX_AGE:
        raise TooLong
    text, now = new_token_text(), timezone.now()
    row = ApiToken(
        user_id=user.pk,
        name=name,
        digest=digest_of(text),
        form_key=form_key,
        scopes=_in_order(scopes),
        addresses=list(addresses),
        created_at=now,
        expires_at=now + lasts,
    )
    with transaction.atomic():
        _save_once(row)
        note_created(user, row)
    return NewToken(row, text)


def _in_order(scopes: Iterable[str]) -> list[str]:
    chosen = set(scopes)
    return [scope.value for scope in Scope if scope in chosen]


def _save_once(row: ApiToken) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as exc:
        raise AlreadyMade from exc
