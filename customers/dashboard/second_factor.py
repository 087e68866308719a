"""The second factor at sign-in: set it up, ask for its code, take it away."""

import io
from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from customers.dashboard.back import way_back
from customers.dashboard.forms import CodeForm
from customers.dashboard.posting import form_of
from customers.dashboard.site import DUE, PASSED, StaffRequest, lacks_second_factor
from customers.services import second_factor as service


def _is_staff(request: Any) -> bool:
    return bool(request.user.is_active and request.user.is_staff)


_form = form_of("second_factor", may_post=_is_staff)


def _signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """For staff whose password was right, even while the second factor is still to come."""

    @never_cache
    @wraps(view)
    def decorated(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_staff(request):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return decorated


@require_safe
@_signed_in
def second_factor(request: StaffRequest) -> HttpResponse:
    return _page(request)


@sensitive_post_parameters()
@_form
@_signed_in
def enter_code(request: StaffRequest) -> HttpResponse:
    """The code that sign-in waits for, or the one that ends the setting up."""
    form = CodeForm(request.POST)
    is_set_up = service.has_second_factor(request.user)
    check = service.is_right if is_set_up else service.confirm_setup
    if not form.is_valid() or not check(request.user, form.cleaned_data["code"]):
        form.add_error("code", _("This code is not right, or was used before. Wait for the next."))
        return _page(request, form)
    request.session.pop(DUE, None)
    request.session[PASSED] = True
    request.session.cycle_key()
    if not is_set_up:
        messages.success(request, _("From now on a code is asked for when you sign in."))
        return redirect("second_factor")
    return redirect(way_back(request))


@_form
@_signed_in
def begin(request: StaffRequest) -> HttpResponse:
    if not service.has_second_factor(request.user):
        service.begin_setup(request.user)
    return redirect("second_factor")


@sensitive_post_parameters()
@_form
@_signed_in
def remove(request: StaffRequest) -> HttpResponse:
    """Only with a code of it, so that an unattended browser is not enough."""
    form = CodeForm(request.POST)
    if not form.is_valid() or not service.is_right(request.user, form.cleaned_data["code"]):
        form.add_error("code", _("This code is not right, or was used before. Wait for the next."))
        return _page(request, form)
    service.remove_second_factor(request.user)
    request.session.pop(PASSED, None)
    messages.success(request, _("No code is asked for any more when you sign in."))
    return redirect("second_factor")


@require_safe
@_signed_in
def qr_code(request: StaffRequest) -> HttpResponse:
    """The secret as a picture for an authenticator; only while it is being set up."""
    device = service.setup_in_hand(request.user)
    if device is None or service.has_second_factor(request.user):
        raise Http404
    picture = io.BytesIO()
    segno.make(device.config_url).save(picture, kind="svg", scale=4, light="white")
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def _page(request: StaffRequest, form: CodeForm | None = None) -> HttpResponse:
    is_set_up = service.has_second_factor(request.user)
    device = None if is_set_up else service.setup_in_hand(request.user)
    context = {
        "form": form or CodeForm(),
        "is_set_up": is_set_up,
        "is_due": is_set_up and lacks_second_factor(request),
        "is_required": not is_set_up and lacks_second_factor(request),
        "secret": service.secret_of(device) if device else "",
        "next": way_back(request),
    }
    return render(request, "second_factor/second_factor.html", context)
