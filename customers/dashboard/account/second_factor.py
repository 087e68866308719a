"""Enter a second-factor code, renew recovery codes, or remove the factor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import may_ask_to_confirm, require_confirmation
from customers.dashboard.account.factor_setup import finish_setup, note_passed, pending_secret
from customers.dashboard.account.passed_browsers import passed_browser
from customers.dashboard.account.sign_in import note_sign_in
from customers.dashboard.back import way_back
from customers.dashboard.forms import CodeForm
from customers.dashboard.posting import second_factor_form
from customers.dashboard.site import StaffRequest, lacks_second_factor, password_page
from customers.models import SecurityEvent
from customers.services.accounts.codes import is_right_code
from customers.services.accounts.recovery_codes import make_recovery_codes, recovery_codes_left
from customers.services.accounts.second_factor import (
    factor_of,
    remove_second_factor,
    secret_in_words,
)
from customers.services.accounts.security_events import record_event
from customers.services.accounts.security_mail import notify


@require_safe
@password_page
def second_factor(request: StaffRequest) -> HttpResponse:
    return _page(request)


@sensitive_post_parameters()
@second_factor_form
@password_page
def enter_code(request: StaffRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    factor = factor_of(request.user)
    if factor is None:
        return finish_setup(request, form) or _page(request, form)
    if not _is_right(request, form, factor):
        return _page(request, form)
    was_due = lacks_second_factor(request)
    answer = redirect(way_back(request))
    note_passed(request, factor, answer)
    if was_due:
        note_sign_in(request, request.user, answer)
    return answer


@second_factor_form
@password_page
@may_ask_to_confirm()
def new_recovery_codes(request: StaffRequest) -> HttpResponse:
    if factor_of(request.user) is None or lacks_second_factor(request):
        return redirect("second_factor")
    require_confirmation(request)
    codes = make_recovery_codes(request.user)
    notify(record_event(SecurityEvent.Code.RECOVERY_CREATED, user=request.user))
    return render(request, "second_factor/recovery_codes.html", {"codes": codes})


@second_factor_form
@password_page
@may_ask_to_confirm()
def remove(request: StaffRequest) -> HttpResponse:
    """Requires a code too: an unattended browser is not enough."""
    factor = factor_of(request.user)
    if factor is None:
        return redirect("second_factor")
    require_confirmation(request)
    if "code" not in request.POST:  # this follows the password page
        return redirect("second_factor")
    form = CodeForm(request.POST)
    if not _is_right(request, form, factor):
        return _page(request, form)
    request.session.cycle_key()
    remove_second_factor(request.user, session_key=request.session.session_key)
    messages.success(request, _("Second factor removed. Signing in no longer asks for a code."))
    return redirect("second_factor")


def _is_right(request: StaffRequest, form: CodeForm, factor: int) -> bool:
    if not form.is_valid():
        return False
    is_right = is_right_code(
        request.user,
        form.cleaned_data["code"],
        session_key=str(request.session.session_key),
        passed_browser=passed_browser(request, factor),
    )
    if not is_right:
        form.add_error("code", _("This code is wrong or was already used. Wait for the next one."))
    return is_right


def _page(request: StaffRequest, form: CodeForm | None = None) -> HttpResponse:
    is_set_up = factor_of(request.user) is not None
    lacks_it = lacks_second_factor(request)
    secret = "" if is_set_up else pending_secret(request)
    context = {
        "form": form or CodeForm(),
        "is_set_up": is_set_up,
        "is_due": is_set_up and lacks_it,
        "is_required": not is_set_up and lacks_it,
        "codes_left": recovery_codes_left(request.user) if is_set_up else 0,
        "secret": secret_in_words(secret) if secret else "",
        "next": way_back(request),
    }
    return render(request, "second_factor/second_factor.html", context)
