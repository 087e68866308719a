"""The banner about Catalyze: the user's session has ended, or Catalyze does not answer."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from customers.models import Credentials
from customers.services.credentials.silence import present_silence


@dataclass(frozen=True, slots=True)
class CatalyzeStanding:
    has_ended: bool = False
    ended_at: datetime | None = None
    silent_since: datetime | None = None
    tried_at: datetime | None = None


def catalyze_standing(
    user: AbstractBaseUser, credentials: Credentials | None = None
) -> CatalyzeStanding:
    """`credentials` are the user's, if the caller has read them already."""
    row = credentials or _credentials_of(user)
    if row is None:
        return CatalyzeStanding()
    times = present_silence().values_list("since", "tried_at")
    silent_since, tried_at = next(iter(times), (None, None))
    ended_at = row.expired_at if not row.may_ask else None
    return CatalyzeStanding(not row.may_ask, ended_at, silent_since, tried_at)


def _credentials_of(user: AbstractBaseUser) -> Credentials | None:
    rows = Credentials.objects.filter(user_id=user.pk)
    return next(iter(rows.only("state", "renews_itself", "expired_at")), None)
