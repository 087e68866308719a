"""Catalyze credentials: sign in or paste, test, delete; and everyone's status for operators."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from customers.dashboard.account.confirmation import doer_of, has_just_confirmed, may_ask_to_confirm
from customers.dashboard.back import way_back
from customers.dashboard.forms import PasteForm, RenewalForm, SignInForm
from customers.dashboard.posting import form_of
from customers.dashboard.site import StaffRequest, staff_page
from customers.models import Credentials
from customers.services.checking.arrivals import sees_nothing_yet
from customers.services.credentials import store as service
from customers.services.credentials.sessions import test_session
from customers.services.operations.credentials_health import health_of, on_the_board
from customers.services.wording.messages import said
from customers.upstream.errors import CatalyzeError
from customers.upstream.secrets import api_key_warning

_USERS_PER_PAGE = 50
_IN_PLACE = "in_place"  # sent by static/js/renew.js


@require_safe
@staff_page()
def credentials(request: StaffRequest) -> HttpResponse:
    return _page(request)


@require_safe
@staff_page("customers.view_credentials")
def board(request: StaffRequest) -> HttpResponse:
    users = Paginator(on_the_board(), _USERS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"users": users, "board": [health_of(user) for user in users]}
    return render(request, "credentials/board.html", context)


@sensitive_post_parameters()
@form_of("credentials")
@staff_page()
@may_ask_to_confirm("sign_in-username", "sign_in-keep", "next", back="credentials")
def sign_in(request: StaffRequest) -> HttpResponse:
    """Also used by the banner on every page, and returns there."""
    form = SignInForm(request.POST, has_api_key=_row(request) is not None)
    if has_just_confirmed(request):
        return _form_again(request, form.data)
    if not form.is_valid():
        return _not_signed_in(request, form)
    try:
        service.sign_in(request.user, **form.cleaned_data, doer=doer_of(request))
    except CatalyzeError as exc:
        form.add_error(None, said(exc.message) + " " + _("Nothing was changed."))
        return _not_signed_in(request, form)
    if _IN_PLACE in request.POST:
        return render(request, "_page/banner.html", {"is_renewed": True})
    messages.success(request, _("Signed in with Catalyze. Your session is valid."))
    return redirect(way_back(request, _next_page(request)))


@sensitive_post_parameters()
@form_of("credentials")
@staff_page()
@may_ask_to_confirm(back="credentials")
def paste(request: StaffRequest) -> HttpResponse:
    form = PasteForm(request.POST)
    if has_just_confirmed(request):
        return _form_again(request, {})
    if not form.is_valid():
        return _page(request, paste_form=form)
    try:
        row = service.paste(request.user, **form.cleaned_data, doer=doer_of(request))
    except CatalyzeError as exc:
        form.add_error(None, said(exc.message) + " " + _("Nothing was changed."))
        return _page(request, paste_form=form)
    if warning := api_key_warning(form.cleaned_data["api_key"]):
        messages.warning(request, said(warning))
    if row.state == Credentials.State.ACTIVE:
        messages.success(request, _("Saved. Your Catalyze session is valid."))
        return redirect(_next_page(request))
    messages.warning(request, _("Saved, but not tested:") + " " + said(row.last_error))
    return redirect("credentials")


@form_of("credentials")
@staff_page()
def test(request: StaffRequest) -> HttpResponse:
    try:
        row = test_session(request.user)
    except (service.CredentialsUnusable, CatalyzeError) as exc:
        messages.warning(request, said(exc.message))
        return redirect("credentials")
    if row.state == Credentials.State.ACTIVE:
        messages.success(request, _("Your Catalyze session is valid."))
    else:
        messages.error(request, said(row.last_error))
    return redirect("credentials")


@form_of("credentials")
@staff_page()
def forget(request: StaffRequest) -> HttpResponse:
    trouble = service.forget(request.user)
    if trouble:
        messages.warning(
            request,
            " ".join(
                (
                    _("Your credentials were deleted here."),
                    said(trouble),
                    _("The session may stay open at Catalyze until it times out."),
                )
            ),
        )
    else:
        messages.success(
            request, _("Your credentials were deleted and your Catalyze session was ended.")
        )
    return redirect("credentials")


def _next_page(request: StaffRequest) -> str:
    return reverse("arriving" if sees_nothing_yet(request.user) else "credentials")


def _not_signed_in(request: StaffRequest, form: SignInForm) -> HttpResponse:
    if _IN_PLACE in request.POST:
        again = RenewalForm(request.POST)
        for error in form.non_field_errors():
            again.add_error(None, error)
        return render(request, "_page/banner.html", {"renewal_form": again})
    back = way_back(request, "")
    if not back or form.add_prefix("api_key") in request.POST:
        return _page(request, sign_in_form=form)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    return redirect(back)


def _form_again(request: StaffRequest, typed: Mapping[str, Any]) -> HttpResponse:
    """Show the form again: the password page does not carry secrets."""
    messages.info(request, _("Confirmed. Enter your Catalyze details again. They were not saved."))
    initial = {name: typed.get(f"sign_in-{name}", "") for name in ("username", "keep")}
    form = SignInForm(initial=initial, has_api_key=_row(request) is not None)
    return _page(request, sign_in_form=form)


def _row(request: StaffRequest) -> Credentials | None:
    return Credentials.objects.filter(user_id=request.user.pk).first()


def _page(
    request: StaffRequest,
    sign_in_form: SignInForm | None = None,
    paste_form: PasteForm | None = None,
) -> HttpResponse:
    health = health_of(request.user)
    return render(
        request,
        "credentials/credentials.html",
        {
            "credentials": health.credentials,
            "health": health,
            "sign_in_form": sign_in_form or SignInForm(has_api_key=health.credentials is not None),
            "paste_form": paste_form or PasteForm(),
            "next": way_back(request, ""),
        },
    )
