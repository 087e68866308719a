"""Record account events in the database and the log; the log names users by id only."""

import logging
import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from customers.models import SecurityEvent
from customers.models.security_event import OF_DATA
from customers.services.disclosures.request_origin import current_origin

logger = logging.getLogger(__name__)
_KEY = re.compile(r"\d{1,18}", re.ASCII)


def record_event(
    code: SecurityEvent.Code,
    *,
    user: AbstractBaseUser | None = None,
    typed_name: str = "",
    detail: Mapping[str, Any] | None = None,
) -> SecurityEvent:
    """Without `user`, it is about the user with the typed name. `detail` holds no secret, and names
    the token if a program asked."""
    origin, given = current_origin(), dict(detail or {})
    if user is None and typed_name:
        user = get_user_model().objects.filter(username=typed_name).first()
    name = user.get_username() if user else ""
    by = origin.user if origin.user and origin.user.is_authenticated else None
    event = SecurityEvent.objects.create(
        happened_at=timezone.now(),
        code=code,
        user_id=user.pk if user else None,
        username=name,
        by_name=by.get_username() if by and (user is None or by.pk != user.pk) else "",
        name_hash=hash_of_name(typed_name) if typed_name and typed_name != name else "",
        ip_address=origin.ip_address,
        browser=origin.browser,
        request_id=origin.request_id,
        detail={"token": origin.token_name} | given if origin.token_name else given,
    )
    if origin.request_id or code not in OF_DATA:  # a command prints what it did
        logger.info(
            "%s user=%s by=%s name=%s address=%s",
            code,
            event.user_id or "-",
            by.pk if by and event.by_name else "-",
            event.name_hash or "-",
            event.ip_address or "-",
        )
    return event


def hash_of_name(name: str) -> str:
    return salted_hmac(
        "customers.typed_name", name, secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()


def security_events_of(user: AbstractBaseUser, before: str = "") -> QuerySet[SecurityEvent]:
    """Those about the account, latest first; with `before`, after the one with that key."""
    events = SecurityEvent.objects.filter(user_id=user.pk).exclude(code__in=OF_DATA)
    last = events.filter(pk=int(before)).first() if _KEY.fullmatch(before) else None
    if last is None:
        return events
    earlier = Q(happened_at__lt=last.happened_at) | Q(happened_at=last.happened_at, pk__lt=last.pk)
    return events.filter(earlier)
