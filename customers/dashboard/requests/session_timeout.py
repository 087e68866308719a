"""End sessions that are too old, were idle too long or are not renewed; note when they are used."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from customers.dashboard.changes.bell import remember_watching
from customers.dashboard.single_sign_on.marks import PROVIDER_SESSION
from customers.models import SecurityEvent
from customers.services.accounts.last_visit import note_visit
from customers.services.accounts.security_events import record_event
from customers.services.single_sign_on.local_sign_in import may_use_password
from customers.services.single_sign_on.provider_sessions import is_renewed

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
        _end(request, SecurityEvent.Code.SESSION_ENDED)
    elif not _may_go_on(request):
        _end(request, SecurityEvent.Code.SESSION_NOT_RENEWED)
    else:
        _note(request, now)


def _note(request: HttpRequest, now: float) -> None:
    session = request.session
    if BEGAN not in session:
        session[BEGAN] = now
    if _USED not in session or now - session[_USED] > _WRITES_EVERY:
        session[_USED] = now
        if request.user.is_authenticated:
            note_visit(request.user, _moment(session[BEGAN]), _moment(now))
            remember_watching(request)


def _may_go_on(request: HttpRequest) -> bool:
    """As the provider says, or LOCAL_SIGN_IN for users who did not sign in there."""
    if key := request.session.get(PROVIDER_SESSION):
        return is_renewed(key)
    return not request.user.is_authenticated or may_use_password(request.user)


def _end(request: HttpRequest, code: SecurityEvent.Code) -> None:
    if request.user.is_authenticated:
        record_event(code, user=request.user)
    logout(request)
    messages.info(request, _("Your session has ended. Sign in again."))


def _moment(timestamp: float) -> datetime:
    return datetime.fromtimestamp(timestamp, UTC)
