"""Set up a second factor; its secret stays in the session until a code confirms it."""

import io
import time
from datetime import timedelta
from urllib.parse import urlencode

import segno
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import may_ask_to_confirm, require_confirmation
from customers.dashboard.account.passed_browsers import mark_passed
from customers.dashboard.account.sign_in import PASSED
from customers.dashboard.back import way_back
from customers.dashboard.forms import CodeForm
from customers.dashboard.posting import second_factor_form
from customers.dashboard.site import StaffRequest, password_page
from customers.models import SecurityEvent
from customers.services.accounts.account_changes import note_account_change
from customers.services.accounts.recovery_codes import make_recovery_codes
from customers.services.accounts.second_factor import (
    confirm_setup,
    factor_of,
    new_secret,
    setup_url,
)
from customers.services.accounts.security_events import record_event

_PENDING = "second_factor_pending"  # session key
_LASTS = timedelta(minutes=10)


@second_factor_form
@password_page
@may_ask_to_confirm("next")
def begin(request: StaffRequest) -> HttpResponse:
    if factor_of(request.user) is None:
        require_confirmation(request)
        request.session[_PENDING] = {
            "secret": new_secret(),
            "begun_at": time.time(),
            "password": request.session[HASH_SESSION_KEY],
        }
    return redirect(second_factor_page(request))


@require_safe
@password_page
def qr_code(request: StaffRequest) -> HttpResponse:
    secret = pending_secret(request)
    if not secret or factor_of(request.user):
        raise Http404
    picture = io.BytesIO()
    segno.make(setup_url(request.user, secret)).save(picture, kind="svg", scale=4, light="white")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def second_factor_page(request: StaffRequest) -> str:
    page, way = reverse("second_factor"), way_back(request, "")
    return f"{page}?{urlencode({'next': way})}" if way else page


def pending_secret(request: StaffRequest) -> str:
    """The secret of this session's setup; "" once it expired or the password changed."""
    pending = request.session.get(_PENDING)
    if not pending or pending["password"] != request.session.get(HASH_SESSION_KEY):
        return ""
    if not 0 <= time.time() - pending["begun_at"] < _LASTS.total_seconds():
        return ""
    return str(pending["secret"])


def finish_setup(request: StaffRequest, form: CodeForm) -> HttpResponse | None:
    """The recovery codes, or None with an error in `form`."""
    secret = pending_secret(request)
    if not secret:
        messages.warning(request, _("This setup has expired. Start again."))
        return redirect(second_factor_page(request))
    if not form.is_valid():
        return None
    factor = confirm_setup(request.user, secret, form.cleaned_data["code"])
    if factor is None:
        form.add_error("code", _("Wrong code. Wait for the next one."))
        return None
    del request.session[_PENDING]
    codes = make_recovery_codes(request.user)
    context = {"codes": codes, "is_new": True, "next": way_back(request)}
    answer = render(request, "second_factor/recovery_codes.html", context)
    note_passed(request, factor, answer)
    key = request.session.session_key
    note_account_change(request.user, SecurityEvent.Code.FACTOR_ADDED, session_key=key)
    record_event(SecurityEvent.Code.RECOVERY_CREATED, user=request.user)
    return answer


def note_passed(request: StaffRequest, factor: int, answer: HttpResponse) -> None:
    """Mark the session as passed, under a new session key."""
    request.session[PASSED] = factor
    request.session.cycle_key()
    mark_passed(request, factor, answer)
