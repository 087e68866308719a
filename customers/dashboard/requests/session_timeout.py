"""End sessions that are too old or were idle too long."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from customers.models import SecurityEvent
from customers.services.accounts.security_events import record_event

BEGAN, _USED = "began_at", "used_at"
_WHO = (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY)
_WRITES_EVERY = 60  # seconds, so that not every request writes the session


class SessionTimeoutMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            _end_or_note(request, time.time())
        return self._get_response(request)


def begin_session(request: HttpRequest) -> None:
    """Keep nothing from before the sign-in, even of the same user."""
    session = request.session
    who = {key: session[key] for key in _WHO}
    session.clear()
    session.update(who)


def _end_or_note(request: HttpRequest, now: float) -> None:
    session = request.session
    began, used = session.get(BEGAN, now), session.get(_USED, now)
    is_too_old = now - began > settings.SESSION_LIFETIME.total_seconds()
    if is_too_old or now - used > settings.SESSION_IDLE_TIMEOUT.total_seconds():
        if request.user.is_authenticated:
            record_event(SecurityEvent.Code.SESSION_ENDED, user=request.user)
        logout(request)
        messages.info(request, _("Your session has ended. Sign in again."))
        return
    if BEGAN not in session:
        session[BEGAN] = now
    if _USED not in session or now - used > _WRITES_EVERY:
        session[_USED] = now
